"""Whatever the text, the spans of skills lie in it, in order and apart."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from hiring.skills.tagging import skill_spans

words = st.sampled_from(
    [
        "Java",
        ",",
        ".",
        "lead",
        "teams",
        "of",
        "nurses",
        "\n",
        "•",
        "███",
        "C++",
        "and",
        "É́",
        "ﬁnance",
        "日本",
        "-",
        "3+",
    ]
)
texts = st.one_of(st.text(max_size=60), st.lists(words, max_size=30).map(" ".join))


@settings(max_examples=100, deadline=None)
@given(texts)
def test_spans_lie_in_the_text_in_order_and_apart(text: str) -> None:
    end = 0
    for span in skill_spans(text):
        assert end <= span.start < span.end <= len(text)
        assert text[span.start : span.end].strip() == text[span.start : span.end]
        end = span.end
