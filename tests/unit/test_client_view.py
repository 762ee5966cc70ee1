"""The page that clients see of a resume."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from typing import Any

import pytest
from lxml import html

from hiring.resumes.client_view import STYLE, STYLE_HASH, client_view
from hiring.resumes.model import Employment, Evidence, Fact, Reading, Section, SectionKind, Span
from hiring.resumes.omission import cover, uncovered
from hiring.resumes.reader import read
from hiring.resumes.text_language import language_of

RESUME = b"""Ada Lovelace
Backend Engineer
Email: ada@example.com | Phone: +43 660 1234567 | Vienna, Austria

Summary

I write programs for machines, and I like those best which are not
yet built. Ada Lovelace is my name <script>alert(1)</script> & "so on".

Experience

Senior Engineer, Harbour Analytics Ltd, London
Jan 2020 - Present
* Took the reservation service from one machine to forty and wrote
  down how
* Moved locks to PostgreSQL

Junior Engineer, Gipfelwerk GmbH, Vienna
03/2016 - 12/2019
* Invoices

Education

BSc Computer Science, University of Graz
2013 - 2016

Skills

Python, PostgreSQL, Terraform, Kafka (and a bit of Flink, too)

Languages

English: native, German: B2

Volunteering

Lifeboat crew
"""


def page(evidence: Evidence, *, name: str | None = None) -> Any:
    return html.document_fromstring(client_view(evidence, name=name))


def evidence_of(text: bytes) -> Evidence:
    reading = read(text)
    assert isinstance(reading, Reading)
    return reading.evidence


def words(element: Any) -> str:
    return " ".join(" ".join(element.itertext()).split())


def texts(tree: Any, path: str) -> list[str]:
    return [words(element) for element in tree.xpath(path)]


def test_R14_no_name_and_no_contact_is_shown() -> None:
    shown = client_view(evidence_of(RESUME))
    for secret in ("Ada", "Lovelace", "example.com", "660", "Email", "Phone", "█"):
        assert secret not in shown
    assert "Vienna, Austria" in shown
    assert "Name and means of contact are left out." in shown


def test_R14_the_name_is_shown_once_it_is_given() -> None:
    tree = page(evidence_of(RESUME), name="Ada <Lovelace>")
    assert texts(tree, "//h1") == ["Ada <Lovelace>"]
    assert texts(tree, "//title") == ["Ada <Lovelace>"]
    assert texts(tree, "//p[@class='headline']") == ["Backend Engineer"]
    assert texts(tree, "//footer") == ["Means of contact are left out."]


def test_the_headline_is_the_title_and_sections_keep_their_order_and_names() -> None:
    tree = page(evidence_of(RESUME))
    assert texts(tree, "//h1") == ["Backend Engineer"]
    assert texts(tree, "//header/p") == ["Vienna, Austria"]
    headings = ["Summary", "Experience", "Education", "Skills", "Languages", "Volunteering"]
    assert texts(tree, "//section/h2") == headings


def test_positions_are_articles_with_their_dates() -> None:
    first, second = page(evidence_of(RESUME)).xpath("//section[h2='Experience']/article")
    assert texts(first, "h3") == ["Senior Engineer"]
    assert texts(first, "p[@class='about']") == ["Harbour Analytics Ltd · London"]
    assert words(first.xpath("p[@class='dates']")[0]) == "Jan 2020 - Present"
    assert first.xpath("p/time/@datetime") == ["2020-01"]
    assert second.xpath("p/time/@datetime") == ["2016-03", "2019-12"]
    assert texts(first, "ul/li") == [
        "Took the reservation service from one machine to forty and wrote down how",
        "Moved locks to PostgreSQL",
    ]


def test_studies_skills_and_languages_have_their_forms() -> None:
    tree = page(evidence_of(RESUME))
    study = tree.xpath("//section[h2='Education']/article")[0]
    assert texts(study, "h3") == ["BSc Computer Science"]
    assert study.xpath("p/time/@datetime") == ["2013", "2016"]
    skills = ["Python", "PostgreSQL", "Terraform", "Kafka (and a bit of Flink, too)"]
    assert texts(tree, "//section[h2='Skills']/ul/li") == skills
    assert texts(tree, "//section[h2='Languages']/ul/li") == ["English: native", "German: B2"]


def test_what_a_resume_says_is_never_markup() -> None:
    tree = page(evidence_of(RESUME))
    assert tree.xpath("//script") == []
    assert '<script>alert(1)</script> & "so on".' in words(tree.xpath("//section[h2='Summary']")[0])


def test_the_page_loads_nothing_and_its_style_can_be_allowed_by_its_hash() -> None:
    shown = client_view(evidence_of(RESUME))
    tree: Any = html.document_fromstring(shown)
    assert tree.xpath("//@src | //@href | //@style | //@*[starts-with(name(), 'on')]") == []
    assert tree.xpath("//link | //img | //iframe | //object | //form") == []
    (style,) = tree.xpath("//style")
    assert style.text == STYLE
    assert "sha256-" + b64encode(sha256(style.text.encode()).digest()).decode() == STYLE_HASH
    assert "url(" not in STYLE
    assert "@import" not in STYLE


def test_text_stands_out_from_its_background() -> None:
    """4.5 : 1 at least, after the Web Content Accessibility Guidelines."""
    colours = dict(re.findall(r"--(\w+): (#\w{6})", STYLE))

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    for text in ("ink", "soft"):
        for background in ("#ffffff", colours["wash"]):
            assert (luminance(background) + 0.05) / (luminance(colours[text]) + 0.05) >= 4.5


def test_a_section_that_held_only_contacts_vanishes_and_a_headless_one_is_named() -> None:
    text = "Contact\n███████\n\nEngineer at Harbour Analytics\nBuilt machines"
    sections = (
        Section(kind=SectionKind.OTHER, start=0, end=15),
        Section(kind=SectionKind.EMPLOYMENT, start=17, end=len(text)),
    )
    title = Fact(value="Engineer", start=17, end=25)
    position = Employment(title=title, text=Span(start=17, end=len(text)))
    tree = page(Evidence(text=text, sections=sections, employment=(position,)))
    assert texts(tree, "//h2") == ["Experience"]
    assert texts(tree, "//h3") == ["Engineer"]
    assert texts(tree, "//article/p") == ["at Harbour Analytics", "Built machines"]
    assert "Contact" not in words(tree.xpath("//main")[0])


def test_a_headline_within_a_sentence_stays_in_it() -> None:
    text = "███\nI am a data engineer with ten years behind me"
    headline = Fact(value="data engineer", start=11, end=24)
    tree = page(Evidence(text=text, headline=headline))
    assert texts(tree, "//h1") == ["data engineer"]
    assert texts(tree, "//header/p") == ["I am a data engineer with ten years behind me"]


def test_the_resumes_own_language_is_marked() -> None:
    text = "Ich habe die Lager der Firma und den Versand für das Werk mit dem Team geplant, von der Rampe bis zum Zoll."
    assert page(Evidence(text=text)).xpath("//main/@lang") == ["de"]
    assert page(Evidence(text="Python, SQL")).xpath("//main/@lang") == []
    assert page(Evidence(text="Python, SQL")).xpath("/html/@lang") == ["en"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("J'ai mis en place avec une équipe les outils de la maison pour des clients et dans le monde", "fr"),
        ("Con el equipo y para los clientes de la casa, desde el primer día y por más de una década", "es"),
        ("The ship and the crew of the harbour were in the care of our house for years", "en"),
        ("Java, Go, Rust", None),
    ],
)
def test_a_language_is_told_by_its_common_words(text: str, language: str | None) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Leeds LS6 | ███ | ██", "Leeds LS6"),
        ("Leeds | ███ | Vienna", "Leeds | Vienna"),
        ("Email: ███ | Phone: ████", ""),
        ("E: ███ T: ██", ""),
        ("Call ███, or write", "Call or write"),
        ("Hi, ███. I am here", "Hi. I am here"),
        ("Built it (███) alone", "Built it alone"),
        ("GitHub: ███ contributor", "GitHub contributor"),
        ("███\tEngineer", "Engineer"),
        ("███.", ""),
        ("Graz\tStyria", "Graz · Styria"),
        ("node.js, C++ (and C)", "node.js, C++ (and C)"),
    ],
)
def test_what_belongs_to_a_masked_stretch_goes_with_it(text: str, left: str) -> None:
    covered = cover(text)
    assert len(covered) == len(text)
    assert uncovered(covered) == left


def test_words_beside_a_headline_that_goes_to_the_top_stay() -> None:
    text = "Acme Ltd, Vienna Senior Engineer"
    evidence = Evidence(
        text=text,
        sections=(Section(start=0, end=9, kind=SectionKind.SUMMARY),),
        headline=Fact(value="Senior Engineer", start=9, end=len(text)),
    )
    assert "Acme Ltd" in words(page(evidence).xpath("//main")[0])
