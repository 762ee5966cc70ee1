"""What holds for the client view of every resume, whatever is in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from hiring.contacts.finding import mask
from hiring.resumes.client_view import STYLE, client_view
from hiring.resumes.model import (
    Education,
    Employment,
    Evidence,
    Fact,
    Reading,
    Section,
    SectionKind,
    SkillMention,
    Span,
    SpokenLanguage,
)
from hiring.resumes.reader import read

PIECES = st.sampled_from(
    [
        "Senior Engineer",
        "Acme Ltd, Vienna",
        "Jan 2020 – Present",
        "2018",
        "Experience",
        "Tools: Python, SQL",
        "German (C1)",
        "<script>alert(1)</script>",
        '" onload="x()',
        "<b>&amp;</b>",
        "]]><!--",
        "{{ evidence }} {% raw %}",
        "\t",
        "|",
        "•",
        "(",
        ")",
        "and wrote a long line about it so that it is divided somewhere",
        "𝔍𝔞𝔫𝔢",
        "\x00\x1f\x85",
        "\ufffe",
        "",
    ]
)
LINES = st.lists(st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=4).map(" ".join), max_size=20)
TEXTS = LINES.map("\n".join)
CONTACTS = st.sampled_from(["jane@example.com", "+43 660 1234567", "https://example.com/jane", "linkedin.com/in/jane"])
RESUMES = st.lists(
    st.one_of(PIECES, CONTACTS, CONTACTS.map(lambda contact: f"Email: {contact}")),
    min_size=3,
    max_size=20,
    unique_by=lambda line: line.removeprefix("Email: "),
).map("\n".join)


@st.composite
def evidence(draw: st.DrawFn, *, masked: bool = True) -> Evidence:
    """A text, some of it `masked`, with facts that begin and end at words, in any disorder."""
    text = draw(TEXTS)
    edges = [0, *(edge for match in re.finditer(r"\S+", text) for edge in match.span()), len(text)]

    def span() -> dict[str, Any]:
        start, end = sorted((draw(st.sampled_from(edges)), draw(st.sampled_from(edges))))
        return {"start": start, "end": end}

    def some[Made](make: Callable[[], Made]) -> tuple[Made, ...]:
        return tuple(make() for _ in range(draw(st.integers(0, 3))))

    def fact() -> Fact | None:
        return Fact(value="never shown", **span()) if draw(st.booleans()) else None

    def position() -> Employment:
        return Employment(title=fact(), company=fact(), place=fact(), start="2020-01", text=Span(**span()))

    return Evidence(
        text=mask(text, [(each["start"], each["end"]) for each in some(span)]) if masked else text,
        sections=some(lambda: Section(kind=draw(st.sampled_from(SectionKind)), **span())),
        headline=fact(),
        employment=some(position),
        education=some(lambda: Education(degree=fact(), field=fact(), school=fact(), text=Span(**span()))),
        skills=some(lambda: SkillMention(value="never shown", **span())),
        languages=some(lambda: SpokenLanguage(value="never shown", **span())),
        certifications=some(lambda: Fact(value="never shown", **span())),
    )


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


def shown(page: str) -> str:
    tree: Any = html.document_fromstring(page)
    return " ".join(tree.xpath("//main")[0].itertext())


@settings(max_examples=150, deadline=None)
@given(evidence())
def test_the_view_is_a_page_of_known_elements_without_attributes_from_the_resume(given_evidence: Evidence) -> None:
    page = client_view(given_evidence)
    tree: Any = html.document_fromstring(page, parser=html.HTMLParser(recover=False))
    elements = {str(element.tag) for element in tree.iter()}
    assert elements <= {
        *("html", "head", "meta", "title", "style", "body", "main", "header", "section", "article", "footer"),
        *("h1", "h2", "h3", "p", "ul", "li", "time"),
    }
    names = {f"{element.tag} {name}" for element in tree.iter() for name in element.attrib}
    assert names <= {
        *("html lang", "main lang", "meta charset", "meta name", "meta content"),
        *("h3 class", "p class", "ul class", "time datetime"),
    }
    assert set(tree.xpath("//@datetime")) <= {"2020-01"}
    assert set(tree.xpath("//@class")) <= {"label", "about", "rest", "dates", "short", "headline"}
    assert "<script" not in page
    assert "never shown" not in page
    assert "█" not in page
    assert tree.xpath("//style")[0].text == STYLE


@settings(max_examples=150, deadline=None)
@given(evidence())
def test_nothing_is_shown_that_the_evidence_does_not_say(given_evidence: Evidence) -> None:
    own = words("Resume Summary Experience Education Skills Languages Certifications Projects")
    assert set(words(shown(client_view(given_evidence)))) <= {*words(given_evidence.text.replace("█", " ")), *own}


@settings(max_examples=150, deadline=None)
@given(evidence(masked=False))
def test_no_word_of_an_unmasked_resume_is_lost(given_evidence: Evidence) -> None:
    said = re.sub(r"[\x00-\x1f\x7f-\x9f\ufffe\uffff]", " ", given_evidence.text)
    assert not words(said) - words(shown(client_view(given_evidence)))


@settings(max_examples=80, deadline=None)
@given(RESUMES)
def test_R14_all_contacts_go_and_only_what_announced_them_goes_with_them(text: str) -> None:
    reading = read(text.encode())
    if isinstance(reading, Reading):
        page = client_view(reading.evidence)
        contacts = reading.contacts
        for fact in (*contacts.emails, *contacts.phones, *contacts.links):
            assert fact.value not in page
        assert contacts.name is None or contacts.name.value not in shown(page)
        lost = words(reading.evidence.text.replace("█", " ")) - words(shown(page))
        assert set(lost) <= {"Email", "Experience"}
