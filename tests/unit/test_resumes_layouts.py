"""Rules about how resumes are laid out, each on a resume made for it."""

from __future__ import annotations

import io

import docx
import pytest
from docx.oxml import parse_xml
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from hiring.resumes.misread import repaired
from hiring.resumes.model import Employment, Reading
from hiring.resumes.places import is_place
from hiring.resumes.reader import read

type Words = tuple[float, float, str, str, float]
"""Left, distance from the top, text, font and size."""


def reading_of(data: bytes) -> Reading:
    result = read(data)
    assert isinstance(result, Reading)
    return result


def page(*words: Words) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for left, down, text, font, size in words:
        canvas.setFont(font, size)
        canvas.drawString(left, A4[1] - down, text)
    canvas.save()
    return out.getvalue()


def named(position: Employment) -> tuple[str | None, str | None]:
    return (
        position.title.value if position.title else None,
        position.company.value if position.company else None,
    )


def positions(experience: str) -> list[tuple[str | None, str | None]]:
    text = f"Jane Doe\nGardener\njane@example.com\n\nEXPERIENCE\n\n{experience}\n"
    return [named(each) for each in reading_of(text.encode()).evidence.employment]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("Head Gardener - Public Parks | Green Ltd", ("Head Gardener - Public Parks", "Green Ltd")),
        ("Head Gardener | Green Ltd – Leeds, UK", ("Head Gardener", "Green Ltd")),
        ("Head Gardener, Green Ltd – Leeds, UK", ("Head Gardener", "Green Ltd")),
        ("Head Gardener | Green Ltd – 12 Mill Street, Leeds", ("Head Gardener", "Green Ltd")),
        ("Head Gardener | Green Ltd • Leeds, UK", ("Head Gardener", "Green Ltd")),
        (
            "Head Gardener at Green and Sons and Daughters & Co.",
            ("Head Gardener", "Green and Sons and Daughters & Co."),
        ),
    ],
)
def test_title_and_employer_of_a_head(head: str, expected: tuple[str, str]) -> None:
    assert positions(f"{head}\nMay 2020 to June 2023\n* Planted trees\n\n{head}\n2018 to 2020\n* Grew roses") == [
        expected,
        expected,
    ]


@pytest.mark.parametrize("text", ["Leeds, UK", "Berlin, Germany · Remote", "Berlin, Germany & Paris, France", "Remote"])
def test_a_place(text: str) -> None:
    assert is_place(text)


@pytest.mark.parametrize("text", ["Green Ltd – Leeds, UK", "ETH Zurich – Zurich, Switzerland", "Roses & Thorns"])
def test_no_place_alone(text: str) -> None:
    assert not is_place(text)


def test_a_headline_beside_a_side_column_that_comes_first() -> None:
    found = reading_of(
        page(
            (30, 60, "SKILLS", "Helvetica-Bold", 12),
            *[(30, 80 + 14 * row, text, "Helvetica", 10) for row, text in enumerate(["Roses", "Trees", "Lawns"])],
            (220, 60, "Jane Doe", "Helvetica-Bold", 24),
            (220, 85, "Head Gardener", "Helvetica", 14),
            (220, 115, "EXPERIENCE", "Helvetica-Bold", 12),
            (220, 135, "Head Gardener", "Helvetica-Bold", 10),
            (220, 149, "Green Ltd | Mar 2021 - Present", "Helvetica", 10),
            (220, 163, "Planted trees in all the public parks of the town", "Helvetica", 10),
        )
    )
    assert found.evidence.headline is not None
    assert found.evidence.headline.value == "Head Gardener"
    assert [skill.value for skill in found.evidence.skills if skill.employment is None] == ["Roses", "Trees", "Lawns"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Ph.D. University of Leeds, Botany", ("Ph.D.", "Botany", "University of Leeds")),
        ("Diploma in Garden Design, Le Jardin Vert", ("Diploma", "Garden Design", "Le Jardin Vert")),
        ("High School Diploma, Roosevelt High School", ("High School Diploma", None, "Roosevelt High School")),
    ],
)
def test_degree_subject_and_school(line: str, expected: tuple[str, str | None, str]) -> None:
    text = f"Jane Doe\nGardener\njane@example.com\n\nEDUCATION\n\n{line}, 2012\n"
    (study,) = reading_of(text.encode()).evidence.education
    assert study.end == "2012"
    assert tuple(each and each.value for each in (study.degree, study.field, study.school)) == expected


@pytest.mark.parametrize(
    ("misread", "meant"),
    [
        ("2019 â€“ 2021", "2019 – 2021"),
        ("RÃ©sumÃ©", "Résumé"),
        ("Leeds ï¼\x8c UK", "Leeds , UK"),
        ("2019 ï¼ 2021", "2019 – 2021"),
        ("São Paulo, CAFÉ–Bar, naïve, â la carte", "São Paulo, CAFÉ–Bar, naïve, â la carte"),
        ("Ａ＋Ｂ", "A+B"),
        ("the end.Â And so Â on", "the end.  And so   on"),
    ],
)
def test_misread_letters_are_repaired(misread: str, meant: str) -> None:
    assert repaired(misread) == meant


def test_words_without_blanks_are_parted_even_behind_letters_that_reach_beyond_their_box() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.setFont("Helvetica", 10)
    sentence = (
        "fields of a farm of fine fruit for a safe life after half of the feast of five of the firm folk of Leeds"
    )
    left = 40.0
    for word in sentence.split():
        for letter in word:
            canvas.drawString(left, 700, letter)
            # The next letter stands nearer than its box after an f, as in fonts whose f leans to the right.
            left += canvas.stringWidth(letter, "Helvetica", 10) - (1.6 if letter == "f" else 0.0)
        left += 2.4
    canvas.save()
    assert sentence in reading_of(out.getvalue()).text


def test_the_name_of_a_site_is_an_employer_but_the_persons_own_site_is_a_contact() -> None:
    text = (
        "Jane Doe\nGardener\njane@example.com\n\nEXPERIENCE\n\nHead Gardener | greenworks.com\n2019 - 2021\n* Planted\n"
        "\nGardener | janedoe.com\n2017 - 2019\n* Grew\n"
    )
    evidence = reading_of(text.encode()).evidence
    assert [named(each) for each in evidence.employment] == [("Head Gardener", "greenworks.com"), ("Gardener", None)]
    assert "janedoe.com" not in evidence.text


def test_the_word_of_a_job_stays_in_its_title_though_it_is_the_family_name() -> None:
    text = (
        "Jane Baker\nHead Baker\njane@example.com\n\nEXPERIENCE\n\nHead Baker at Crust Ltd\nMay 2019 to Present\n"
        "* Baked bread as Jane Baker\n"
    )
    evidence = reading_of(text.encode()).evidence
    assert [named(each) for each in evidence.employment] == [("Head Baker", "Crust Ltd")]
    assert "Jane" not in evidence.text
    assert evidence.text.count("Baker") == 2


@pytest.mark.parametrize(
    ("above", "below", "whole"),
    [
        ("jane.doe@mail.example.o", "rg", "jane.doe@mail.example.org"),
        ("jane.doe@mail.example.co", ".uk", "jane.doe@mail.example.co.uk"),
        ("jane.doe@", "mail.example.org", "jane.doe@mail.example.org"),
    ],
)
def test_a_mail_address_that_a_narrow_column_divides(above: str, below: str, whole: str) -> None:
    found = reading_of(
        page(
            (30, 60, "Jane Doe", "Helvetica-Bold", 24),
            (30, 85, "Gardener of public parks", "Helvetica", 10),
            (30, 97, above, "Helvetica", 10),
            (30, 109, below, "Helvetica", 10),
        )
    )
    assert [each.value for each in found.contacts.emails] == [whole]


def test_a_headline_that_a_narrow_column_divides() -> None:
    found = reading_of(
        page(
            (30, 60, "Jane Doe", "Helvetica-Bold", 24),
            (30, 85, "Professor of", "Helvetica", 10),
            (30, 97, "Garden History", "Helvetica", 10),
            (30, 130, "jane@example.com", "Helvetica", 10),
        )
    )
    assert found.evidence.headline is not None
    assert found.evidence.headline.value == "Professor of Garden History"


@pytest.mark.parametrize(
    ("line", "stated"),
    [
        ("Authorised to work in the EU", ["Authorised to work in the EU"]),
        (
            "Legally authorized to work in the United States, no sponsorship required",
            [
                "Legally authorized to work in the United States",
                "no sponsorship required",
            ],
        ),
        ("Requires visa sponsorship", ["Requires visa sponsorship"]),
        ("EU citizen | Full driving licence", ["EU citizen"]),
        ("Work status: Green card holder", ["Green card holder"]),
        ("Unbefristete Arbeitserlaubnis", ["Unbefristete Arbeitserlaubnis"]),
        ("Raised sponsorship from citizens for the work of a park", []),
        ("Eligible for a green certificate of the city", []),
    ],
)
def test_what_is_stated_about_the_right_to_work(line: str, stated: list[str]) -> None:
    text = f"Jane Doe\nGardener\njane@example.com\n\nSUMMARY\n\n{line}\n"
    assert [fact.value for fact in reading_of(text.encode()).evidence.authorisation] == stated


def test_sponsorship_as_a_task_says_nothing_about_the_right_to_work() -> None:
    text = "Jane Doe\nParalegal\n\nEXPERIENCE\n\nParalegal at Law Ltd\n2019 to 2021\n* People needing sponsorship\n"
    assert reading_of(text.encode()).evidence.authorisation == ()


@pytest.mark.parametrize(
    ("number", "region"),
    [("+43 660 1234567", "AT"), ("0044 20 7946 0958", "GB"), ("+1 617 555 0113", "US"), ("(512) 555-0176", None)],
)
def test_the_region_of_a_phone_number(number: str, region: str | None) -> None:
    text = f"Jane Doe\nGardener of public parks\n{number}\n"
    assert [phone.region for phone in reading_of(text.encode()).contacts.phones] == [region]


@pytest.mark.parametrize(
    "lines", [("May 2019", "to", "June 2021"), ("May 2019 -", "June 2021"), ("May 2019", "- June 2021")]
)
def test_a_period_over_several_lines(lines: tuple[str, ...]) -> None:
    found = reading_of(
        page(
            (30, 60, "Jane Doe", "Helvetica-Bold", 24),
            (30, 90, "EXPERIENCE", "Helvetica-Bold", 12),
            *[(30, 110 + 12 * row, text, "Helvetica", 10) for row, text in enumerate(lines)],
            (30, 110 + 12 * len(lines), "Head Gardener | Green Ltd", "Helvetica-Bold", 10),
            (30, 128 + 12 * len(lines), "Planted trees in all the public parks of the town of Leeds.", "Helvetica", 10),
        )
    )
    (position,) = found.evidence.employment
    assert (position.start, position.end) == ("2019-05", "2021-06")
    assert named(position) == ("Head Gardener", "Green Ltd")


@pytest.mark.parametrize("first", ["VICE PRESIDENT", "Patient Access Rep", "Core Qualifications", "Line Attendant"])
def test_a_resume_without_a_name_gets_none_from_its_first_line(first: str) -> None:
    summary = "A career in patient access, with a line of customers and core values."
    text = f"{first}\n{summary}\n\nEXPERIENCE\n\nClerk at Acme Ltd\n2019 to 2021\n"
    assert reading_of(text.encode()).contacts.name is None


@pytest.mark.parametrize(
    "name", ["Grace Cook", "Mark Baker", "Jane Doe", "Nguyen Thi Lan", "Rose Field", "Mei-Lin Tsao 曹美玲"]
)
def test_a_name_of_ordinary_words_is_a_name(name: str) -> None:
    experience = "EXPERIENCE\n\nGardener at Acme Ltd\n2019 to 2021\n* Grew a rose"
    text = f"{name}\nGardener of public parks\n+43 660 1234567\n\n{experience}\n"
    found = reading_of(text.encode()).contacts.name
    assert found is not None
    assert found.value == name


def skills_of(data: bytes) -> list[str]:
    return [skill.value for skill in reading_of(data).evidence.skills if skill.employment is None]


def with_skills(*words: Words) -> bytes:
    """A resume with a name, a place of work and, at 40 points from the left, a heading for skills above `words`."""
    return page(
        (40, 50, "Jane Doe", "Helvetica-Bold", 24),
        (40, 70, "jane@example.com", "Helvetica", 10),
        (40, 100, "Experience", "Helvetica-Bold", 14),
        (40, 120, "Gardener, Green Ltd", "Helvetica", 10),
        (40, 134, "Jan 2015 - Dec 2019", "Helvetica", 10),
        (40, 148, "Planted a park of many trees and kept its lawns, paths and ponds for the town.", "Helvetica", 10),
        (40, 190, "Skills", "Helvetica-Bold", 14),
        *words,
    )


def test_skills_that_differ_in_their_signs_alone() -> None:
    text = "Jane Doe\njane@example.com\n\nSKILLS\n\nC, C++, C#, F#, Java\n"
    assert skills_of(text.encode()) == ["C", "C++", "C#", "F#", "Java"]


@pytest.mark.parametrize(
    "heading", ["What I work with", "Good at", "Software and methods", "Infrastructure", "Toolbox"]
)
def test_headings_of_skills(heading: str) -> None:
    text = (
        f"Jane Doe\njane@example.com\n\n{heading}\n\nPruning, Grafting\n\nEDUCATION\n\nBSc Botany, Leeds University\n"
    )
    assert skills_of(text.encode()) == ["Pruning", "Grafting"]


def test_skills_on_lines_of_their_own_though_one_holds_a_comma() -> None:
    lines = (
        "Pruning",
        "Grafting",
        "Soil (peat, loam,",
        "sand)",
        "Drawing",
        "Mowing, Raking",
        "Digging",
        "Potting",
        "Roses",
    )
    data = with_skills(*((40.0, 212.0 + 14 * number, line, "Helvetica", 10.0) for number, line in enumerate(lines)))
    expected = ["Pruning", "Grafting", "Soil (peat, loam, sand)", "Drawing", "Mowing", "Raking", "Digging", "Potting"]
    assert skills_of(data) == [*expected, "Roses"]


def test_skills_that_one_gap_wider_than_a_blank_parts() -> None:
    def row(down: float, *points: str) -> list[Words]:
        placed, left = [], 40.0
        for point in points:
            placed.append((left, down, point, "Helvetica", 10.0))
            left += stringWidth(point, "Helvetica", 10) + 6.6
        return placed

    data = with_skills(
        *row(212, "Pruning", "Grafting", "Soil care"), *row(228, "Mowing", "Digging"), *row(244, "Trees", "Plant lists")
    )
    assert skills_of(data) == ["Pruning", "Grafting", "Soil care", "Mowing", "Digging", "Trees", "Plant lists"]


def test_no_skills_are_parted_in_justified_text() -> None:
    def row(down: float, gap: float, *points: str) -> list[Words]:
        placed, left = [], 40.0
        for point in points:
            placed.append((left, down, point, "Helvetica", 10.0))
            left += stringWidth(point, "Helvetica", 10) + gap
        return placed

    data = with_skills(
        *row(212, 5.9, "Winter pruning of", "roses"),
        *row(228, 8.4, "Grafting of", "apples"),
        *row(244, 7.1, "Soil care in", "parks"),
    )
    assert skills_of(data) == ["Winter pruning of roses", "Grafting of apples", "Soil care in parks"]


def test_groups_of_skills_below_headings_that_no_list_knows() -> None:
    headings = {"Languages": ["Python", "Bash"], "Ponds": ["Pumps", "Filters"], "Trees": ["Oaks", "Elms"]}
    words: list[Words] = [(40, 50, "Jane Doe", "Helvetica-Bold", 24), (40, 70, "jane@example.com", "Helvetica", 10)]
    down = 100.0
    for heading, items in headings.items():
        words.append((40, down, heading, "Helvetica-Bold", 14))
        words += [(40, down + 18 + 14 * number, item, "Helvetica", 10) for number, item in enumerate(items)]
        down += 70
    words += [
        (40, down, "Experience", "Helvetica-Bold", 14),
        (40, down + 18, "Gardener, Green Ltd", "Helvetica", 10),
        (40, down + 32, "Jan 2015 - Dec 2019", "Helvetica", 10),
        (40, down + 62, "Education", "Helvetica-Bold", 14),
        (40, down + 80, "BSc Botany, Leeds University", "Helvetica", 10),
    ]
    assert skills_of(page(*words)) == ["Python", "Bash", "Pumps", "Filters", "Oaks", "Elms"]


def test_the_name_of_a_group_of_skills_over_two_lines_is_no_skill() -> None:
    data = with_skills(
        (40, 212, "CARE OF OLD", "Helvetica-Bold", 11),
        (40, 225, "GARDENS", "Helvetica-Bold", 11),
        (40, 243, "Pruning, Grafting,", "Helvetica", 10),
        (40, 257, "Mowing, Digging", "Helvetica", 10),
    )
    assert skills_of(data) == ["Pruning", "Grafting", "Mowing", "Digging"]


def test_groups_of_skills_side_by_side_between_headings_with_items_that_go_on_in_the_next_line() -> None:
    data = page(
        (40, 50, "Jane Doe", "Helvetica-Bold", 24),
        (40, 70, "jane@example.com", "Helvetica", 10),
        (40, 100, "Education", "Helvetica-Bold", 16),
        (40, 125, "Leeds University", "Helvetica-Bold", 12),
        (430, 125, "Sep 2009 - Jun 2012", "Helvetica", 10),
        (40, 140, "BSc, Botany", "Helvetica", 10),
        (40, 180, "Skills", "Helvetica-Bold", 16),
        (40, 205, "Plants", "Helvetica-Bold", 12),
        (40, 222, "Winter pruning, care of old", "Helvetica", 10),
        (40, 236, "trees, Grafting", "Helvetica", 10),
        (300, 205, "Machines", "Helvetica-Bold", 12),
        (300, 222, "Mowing, Digging, small water", "Helvetica", 10),
        (300, 236, "pumps", "Helvetica", 10),
        (40, 276, "Languages", "Helvetica-Bold", 16),
        (40, 296, "English", "Helvetica", 10),
    )
    plants, machines = ["Winter pruning", "care of old trees", "Grafting"], ["Mowing", "Digging", "small water pumps"]
    assert skills_of(data) == plants + machines
    (study,) = reading_of(data).evidence.education
    assert (study.start, study.end) == ("2009-09", "2012-06")


def pages_of(*pages: list[Words]) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for words in pages:
        for left, down, text, font, size in words:
            canvas.setFont(font, size)
            canvas.drawString(left, A4[1] - down, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_a_side_column_that_goes_on_over_the_page_without_a_heading() -> None:
    first: list[Words] = [
        (220, 50, "Jane Doe", "Helvetica-Bold", 24),
        (220, 75, "jane@example.com", "Helvetica", 10),
        (220, 120, "Summary", "Helvetica-Bold", 14),
        *[
            (220.0, 140.0 + 14 * row, "A gardener who likes old parks and ponds.", "Helvetica", 10.0)
            for row in range(6)
        ],
        (40, 100, "Contact", "Helvetica-Bold", 14),
        (40, 120, "Leeds", "Helvetica", 10),
        (40, 200, "Skills", "Helvetica-Bold", 14),
        *[(40.0, 220.0 + 20 * row, f"Care of {word}", "Helvetica", 10.0) for row, word in enumerate(PLANTS)],
    ]
    second: list[Words] = [
        (40, 45, "Mowing", "Helvetica", 10),
        (40, 65, "Digging", "Helvetica", 10),
        (220, 50, "Experience", "Helvetica-Bold", 14),
        (220, 75, "Head Gardener", "Helvetica-Bold", 11),
        (220, 89, "Green Ltd", "Helvetica", 10),
        (220, 103, "Jan 2015 - Dec 2019", "Helvetica", 10),
        (235, 120, "Planted oaks, elms, roses and a hedge around the old park.", "Helvetica", 10),
    ]
    data = pages_of(first, second)
    assert skills_of(data) == [*(f"Care of {word}" for word in PLANTS), "Mowing", "Digging"]
    (position,) = reading_of(data).evidence.employment
    assert named(position) == ("Head Gardener", "Green Ltd")


PLANTS = [
    f"{kind} {colour}"
    for colour in ("red", "blue", "white")
    for kind in ["oaks", "elms", "figs", "limes", "nuts", "pears", "roses"]
] + ["lawns", "ponds", "hedges", "moss", "ferns", "reeds"]


def test_the_year_of_a_period_at_the_head_of_a_page_is_not_the_repeated_head_of_pages() -> None:
    def study(down: float, school: str) -> list[Words]:
        return [(40, down, school, "Helvetica-Bold", 12), (40, down + 16, "BSc Botany", "Helvetica", 10)]

    def dates(down: float, *parts: str) -> list[Words]:
        return [(40.0 + 45 * place, down, part, "Helvetica", 10.0) for place, part in enumerate(parts)]

    first = [
        (40.0, 60.0, "Jane Doe", "Helvetica-Bold", 24.0),
        (40.0, 80.0, "jane@example.com", "Helvetica", 10.0),
        (40.0, 700.0, "Education", "Helvetica-Bold", 14.0),
        *study(730, "Leeds University"),
        *dates(820, "SEP", "2012", "-", "JUN", "2015"),
    ]
    second = [*dates(30, "SEP", "2008", "-", "JUN", "2011"), (40.0, 60.0, "York University", "Helvetica-Bold", 12.0)]
    text = reading_of(pages_of(first, second)).text
    assert "2008" in text
    assert "2011" in text


def studies_of(data: bytes) -> list[tuple[str | None, str | None, str | None, str | None]]:
    return [
        (
            each.degree.value if each.degree else None,
            each.school.value if each.school else None,
            each.start,
            each.end,
        )
        for each in reading_of(data).evidence.education
    ]


def with_education(lines: str) -> bytes:
    return f"Jane Doe\nNurse\njane@example.com\n\nEducation\n{lines}\n\nSkills\nTriage, Wound care\n".encode()


@pytest.mark.parametrize(
    ("lines", "end"),
    [
        ("BSc Nursing, University of Leeds, expected 2027", "2027"),
        ("University of Leeds\nBSc Nursing\nExpected graduation: May 2027", "2027-05"),
        ("BSc Nursing, University of Leeds — Anticipated: 06/2027", "2027-06"),
        ("University of Leeds\nBSc Nursing, Class of 2019", "2019"),
        ("University of Leeds\nBSc Nursing\nGraduated May 2018", "2018-05"),
    ],
)
def test_the_year_of_a_degree(lines: str, end: str) -> None:
    assert studies_of(with_education(lines)) == [("BSc", "University of Leeds", None, end)]


def test_a_lone_month_beside_periods_is_when_a_study_began() -> None:
    lines = "Mar 2024\nUniversity of Leeds\nMSc Nursing\n\nSep 2015 - Jun 2019\nUniversity of York\nBSc Nursing"
    assert studies_of(with_education(lines)) == [
        ("MSc", "University of Leeds", "2024-03", None),
        ("BSc", "University of York", "2015-09", "2019-06"),
    ]
    assert studies_of(with_education(lines.replace("Mar 2024", "Graduated Mar 2024")))[0][3] == "2024-03"


def test_studies_of_one_line_each_though_only_one_has_a_year() -> None:
    lines = "MSc in Nursing, University of Leeds\nBSc in Nursing, University of York, 2015"
    assert studies_of(with_education(lines)) == [
        ("MSc", "University of Leeds", None, None),
        ("BSc", "University of York", None, "2015"),
    ]


def test_courses_below_a_study_neither_end_the_education_nor_are_schools() -> None:
    bold, plain = "Helvetica-Bold", "Helvetica"
    data = page(
        (50, 60, "Jane Doe", bold, 24),
        (50, 90, "jane@example.com", plain, 11),
        (50, 130, "Education", bold, 16),
        (50, 160, "2014", bold, 11),
        (50, 174, "2018", bold, 11),
        (50, 192, "University of Leeds", bold, 12),
        (50, 208, "https://leeds.example.org", plain, 11),
        (50, 224, "Bachelor of Science", plain, 11),
        (50, 248, "Courses", bold, 12),
        (80, 264, "Data Structures", plain, 11),
        (80, 280, "Technical School Systems", plain, 11),
        (50, 310, "2018", bold, 11),
        (50, 324, "2020", bold, 11),
        (50, 342, "Stanford University", bold, 12),
        (50, 358, "Master of Science", plain, 11),
        (50, 400, "Skills", bold, 16),
        (50, 420, "Triage, Wound care", plain, 11),
    )
    assert studies_of(data) == [
        ("Bachelor of Science", "University of Leeds", "2014", "2018"),
        ("Master of Science", "Stanford University", "2018", "2020"),
    ]


def test_a_name_word_by_word_in_the_second_column() -> None:
    bold, plain = "Helvetica-Bold", "Helvetica"
    side = [(30.0, 60.0 + 18 * number, text, plain, 10.0) for number, text in enumerate(SIDE)]
    data = page(
        *side,
        (250, 70, "Johanna", plain, 40),
        (250, 115, "Mirescu", bold, 40),
        (250, 150, "HEAD GARDENER", plain, 16),
        (250, 190, "EXPERIENCE", bold, 13),
        (250, 215, "Green Ltd", bold, 11),
        (450, 215, "2015 - 2019", plain, 11),
        (250, 232, "Gardener", plain, 11),
    )
    reading = reading_of(data)
    assert reading.contacts.name is not None
    assert reading.contacts.name.value == "Johanna Mirescu"
    assert "Johanna" not in reading.evidence.text
    assert "Mirescu" not in reading.evidence.text


SIDE = ("CONTACT", "+44 113 555 0100", "jm@example.org", "Leeds, UK", "SKILLS", "Pruning", "Grafting", "Hedges")


@pytest.mark.parametrize(
    "line", ["Olena Marchuk (Олена Марчук)", "Olena Marchuk / Олена Марчук", "Mei-Lin Tsao 曹美玲"]
)
def test_a_name_in_two_scripts(line: str) -> None:
    result = read(f"{line}\nNurse\njane@example.com\n\nSkills\nTriage, Wound care\n".encode())
    assert isinstance(result, Reading)
    assert result.contacts.name is not None
    assert result.contacts.name.value == line
    assert set(result.evidence.text.split("\n")[0]) == {"█"}


def test_links_of_the_fields_of_a_docx() -> None:
    document = docx.Document()
    document.add_paragraph("Jane Doe")
    document.add_paragraph("Gardener")
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    line = document.add_paragraph("jane@example.com | ")
    for run in (
        '<w:fldChar w:fldCharType="begin"/>',
        "<w:instrText> HYPERLINK </w:instrText>",
        '<w:instrText>"https://www.linkedin.com/in/janedoe" </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>LinkedIn</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
        '<w:t xml:space="preserve"> | </w:t>',
    ):
        line._p.append(parse_xml(f"<w:r {w}>{run}</w:r>"))
    instruction = "HYPERLINK &quot;https://janedoe.example.com/&quot;"
    line._p.append(parse_xml(f'<w:fldSimple {w} w:instr="{instruction}"><w:r><w:t>Site</w:t></w:r></w:fldSimple>'))
    out = io.BytesIO()
    document.save(out)
    reading = reading_of(out.getvalue())
    assert [each.value for each in reading.contacts.links] == [
        "https://www.linkedin.com/in/janedoe",
        "https://janedoe.example.com/",
    ]
    assert "LinkedIn" not in reading.evidence.text


def test_what_stands_side_by_side_without_blanks_in_a_page() -> None:
    page = (
        "<!doctype html><html><body><h1>Jane Doe</h1><p><span>Gardener</span></p><p><span>jane@example.com</span>"
        "<span aria-hidden=true>•</span><span>Leeds, UK</span><span aria-hidden=true>•</span><span>0113 555 0100</span>"
        "</p><h2>Skills</h2><div><span>Pruning</span><span>Hedge laying</span><span>Grafting</span></div></body></html>"
    )
    reading = reading_of(page.encode())
    assert [each.value for each in reading.evidence.skills] == ["Pruning", "Hedge laying", "Grafting"]
    assert reading.contacts.place is not None
    assert reading.contacts.place.value == "Leeds, UK"


def test_what_was_done_in_bold_is_no_title() -> None:
    bold, plain = "Helvetica-Bold", "Helvetica"
    data = page(
        (50, 60, "Jane Doe", bold, 24),
        (50, 100, "Experience", plain, 11),
        (50, 115, "09/2010 - 04/2011", plain, 11),
        (50, 130, "Green Ltd – Leeds, UK", plain, 11),
        (50, 145, "Gardener", plain, 11),
        (70, 165, "Assisted co-workers.", bold, 11),
        (50, 195, "06/2011 - 11/2012", plain, 11),
        (50, 210, "Hill Gardens Ltd", plain, 11),
        (70, 230, "Followed all established practices and procedures.", bold, 11),
    )
    titles = [named(each) for each in reading_of(data).evidence.employment]
    assert titles == [("Gardener", "Green Ltd"), (None, "Hill Gardens Ltd")]
