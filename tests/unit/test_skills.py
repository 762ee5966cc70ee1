"""Words, names of one technology, requirements and mentions."""

from __future__ import annotations

import pytest

from hiring.skills.aliases import canonical, other_form
from hiring.skills.mentions import ReadText, holds_denial
from hiring.skills.requirements import read_requirement, without_contrast
from hiring.skills.synonyms import is_common, is_general, root, synonyms
from hiring.skills.words import english_share, lines, stem, words


def test_words_keep_their_places_and_lose_case_and_accents() -> None:
    text = "Ingénieur C++ / .NET, Größe"
    found = list(words(text))
    assert [word.text for word in found] == ["ingenieur", "c++", ".net", "grosse"]
    assert [text[word.start : word.end] for word in found] == ["Ingénieur", "C++", ".NET", "Größe"]


def test_lines_are_sentences_and_bullets_without_blanks() -> None:
    text = "Led a team. Built it!\n\n  • Python \n▪ SQL - Oracle"
    assert [text[start:end] for start, end in lines(text)] == ["Led a team.", "Built it!", "Python", "SQL", "Oracle"]


def test_english_share_tells_prose_from_lists_and_other_languages() -> None:
    assert english_share("We are looking for an engineer who will own the service") > 0.3
    assert english_share("Căutăm un inginer mecanic senior pentru echipa noastră") < 0.08
    assert english_share("") == 0


@pytest.mark.parametrize(("one", "other"), [("managing", "management"), ("managed", "manager"), ("designs", "design")])
def test_forms_of_a_word_share_their_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_stems_of_different_words_differ() -> None:
    assert len({stem(word) for word in ("python", "java", "javascript", "nursing", "accounting")}) == 5


@pytest.mark.parametrize(
    ("written", "stored"),
    [("js", ["javascript"]), ("k8s", ["kubernetes"]), ("c#", ["csharp"]), ("node js", ["nodejs"])],
)
def test_names_of_one_technology_become_one(written: str, stored: list[str]) -> None:
    assert canonical(written.split()) == stored


def test_the_longest_name_wins_and_other_words_stay() -> None:
    assert canonical(["wrote", "amazon", "web", "services", "tools"]) == ["wrote", "aws", "tools"]


def test_acronyms_are_written_out_and_back() -> None:
    assert other_form(("ml", "models")) == ("machine", "learning", "models")
    assert other_form(("machine", "learning", "models")) == ("ml", "models")
    assert other_form(("python",)) == ("python",)


def test_a_requirement_loses_its_frame_and_keeps_its_years() -> None:
    asked = read_requirement("At least 5+ years of strong hands-on experience with Python")
    assert (asked.choices, asked.years) == (((("python",),),), 5.0)


def test_names_in_a_list_are_alternatives_or_all_asked_for() -> None:
    assert read_requirement("Python or Java").choices == ((("python",),), (("java",),))
    assert read_requirement("SQL Server, Excel and Power BI").choices == (
        (("sql", "server"), ("excel",), ("power", "bi")),
        (("sql", "server"), ("excel",), ("power", "business", "intelligence")),
    )


def test_what_means_something_only_together_stays_together() -> None:
    assert read_requirement("design and testing of gear boxes").phrases == (("design", "testing", "gear", "boxes"),)


def test_examples_in_brackets_do_not_narrow() -> None:
    assert read_requirement("Relational databases (e.g. Oracle)").phrases == (("relational", "databases"),)


def test_the_heart_of_a_phrase_is_its_name() -> None:
    assert ("postgresql",) in read_requirement("Postgres under load").names


@pytest.mark.parametrize(
    ("text", "asked", "left_open"),
    [
        ("Excel beyond pivot tables", "Excel", True),
        ("Leading people, not just projects", "Leading people", False),
        ("Driving licence, without points", "Driving licence", False),
        ("Payroll for more than 200 employees", "Payroll for more than 200 employees", False),
        ("Team of more than ten people", "Team of more than ten people", False),
        ("Not only Java but also Go", "Not only Java but also Go", False),
        ("Experience in more than bookkeeping", "Experience in more than bookkeeping", True),
    ],
)
def test_what_a_requirement_is_set_against_is_not_asked_for(text: str, asked: str, left_open: bool) -> None:
    assert without_contrast(text) == (asked, left_open)


def test_a_capital_tells_a_name_only_where_not_every_word_has_one() -> None:
    assert read_requirement("Benefits Administration").names == ()
    assert read_requirement("Scheduling in MS Project").names == (("ms", "project"),)
    assert read_requirement("Work with SAP EWM").names == (("sap",), ("ewm",))


@pytest.mark.parametrize(("one", "other"), [("evaluated", "evaluation"), ("assistance", "assisting"), ("APIs", "API")])
def test_a_verb_and_its_noun_share_a_root(one: str, other: str) -> None:
    assert root(one.casefold()) == root(other.casefold())


def test_words_that_say_the_same_are_known_in_all_their_forms() -> None:
    assert root("trucking") != root("lorries")
    assert "truck" in synonyms("lorries")
    assert synonyms("kubernetes") == frozenset()


def test_words_of_all_trades_are_known() -> None:
    assert is_general("administration")
    assert is_common("clients")
    assert not is_common("irrigation")


def test_years_alone_ask_for_no_phrase() -> None:
    asked = read_requirement("3 years of professional experience")
    assert (asked.choices, asked.years) == ((), 3.0)


def test_mentions_tell_where_and_how_much() -> None:
    text = "Built booking services in Golang.\nManaged engineering teams of four."
    (mention,) = ReadText(text).mentions(("managing", "teams"))
    assert text[mention.start : mention.end] == "Managed engineering teams"
    assert (mention.share, mention.adjacent) == (1.0, False)
    assert ReadText(text).mentions(("golang",))[0].adjacent


def test_a_name_is_found_under_its_other_name() -> None:
    text = "Deployed on K8s and Amazon Web Services"
    assert [text[m.start : m.end] for m in ReadText(text).mentions(("kubernetes",))] == ["K8s"]
    assert [text[m.start : m.end] for m in ReadText(text).mentions(("aws",))] == ["Amazon Web Services"]


@pytest.mark.parametrize(
    "text",
    [
        "No experience with Kafka",
        "I have never used Kafka",
        "Worked without Kafka",
        "Didn't touch Kafka",
        "Willing to learn Kafka",
        "Interest in Kafka",
        "Kafka: none",
        "Kafka (no production experience)",
        "Kafka – not yet",
    ],
)
def test_a_denied_skill_is_denied(text: str) -> None:
    assert [mention.denied for mention in ReadText(text).mentions(("kafka",))] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "Not only Kafka but Flink",
        "Ran Kafka, no downtime",
        "No Java; Kafka daily",
        "No Java but Kafka daily",
        "Kafka - no downtime",
    ],
)
def test_a_denial_of_something_else_is_none(text: str) -> None:
    assert [mention.denied for mention in ReadText(text).mentions(("kafka",))] == [False]


def test_a_text_that_denies_anything_is_known() -> None:
    assert holds_denial("Without any degree")
    assert not holds_denial("Not only taught but led")


@pytest.mark.parametrize(
    ("text", "scattered"),
    [
        ("Managed the stock and its change over time", False),
        ("Liaised with management on work flows, news of the industry, policies and change", True),
        ("Change, insurance, management, mail, office", True),
    ],
)
def test_words_far_apart_or_of_a_list_are_scattered(text: str, scattered: bool) -> None:
    assert [mention.scattered for mention in ReadText(text).mentions(("change", "management"))] == [scattered]
