"""Whole resumes, made here, and what is read from them."""

from __future__ import annotations

import io
from collections.abc import Callable

import docx
import pytest
from docx.shared import Pt, RGBColor
from odf.opendocument import OpenDocumentText
from odf.text import H, P
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from hiring.resumes.model import MASK, FileFormat, Reading
from hiring.resumes.reader import read

RESUME = """Jane Doe
Data Engineer
jane.doe@example.com | +43 660 1234567 | Vienna, Austria | https://www.linkedin.com/in/janedoe

SUMMARY
Jane Doe is a data engineer who likes pipelines.

EXPERIENCE

Senior Data Engineer at Blue Harbour GmbH
March 2021 to Present
  * Built pipelines in Python and Airflow

Data Analyst at North Wind Ltd
June 2018 to February 2021
  * Wrote SQL reports

EDUCATION

University of Graz, Master of Science, Statistics, 2018

SKILLS

Python, SQL, Airflow, dbt

LANGUAGES

German (native), English (C1)

CERTIFICATIONS

AWS Certified Data Engineer
"""


def reading_of(data: bytes) -> Reading:
    result = read(data)
    assert isinstance(result, Reading)
    return result


def jobs_of(reading: Reading) -> list[tuple[str | None, str | None, str | None, str | None, bool]]:
    return [
        (
            each.title.value if each.title else None,
            each.company.value if each.company else None,
            each.start,
            each.end,
            each.current,
        )
        for each in reading.evidence.employment
    ]


@pytest.fixture(scope="module")
def reading() -> Reading:
    return reading_of(RESUME.encode())


def test_who_it_is_and_how_to_reach_that_person(reading: Reading) -> None:
    contacts = reading.contacts
    assert contacts.name is not None
    assert contacts.name.value == "Jane Doe"
    assert [each.value for each in contacts.emails] == ["jane.doe@example.com"]
    assert [each.value for each in contacts.phones] == ["+43 660 1234567"]
    assert [each.value for each in contacts.links] == ["https://www.linkedin.com/in/janedoe"]
    assert contacts.place is not None
    assert contacts.place.value == "Vienna, Austria"


def test_positions_with_their_dates(reading: Reading) -> None:
    assert jobs_of(reading) == [
        ("Senior Data Engineer", "Blue Harbour GmbH", "2021-03", None, True),
        ("Data Analyst", "North Wind Ltd", "2018-06", "2021-02", False),
    ]


def test_studies_skills_languages_and_certificates(reading: Reading) -> None:
    (study,) = reading.evidence.education
    assert study.school is not None
    assert study.degree is not None
    assert (study.school.value, study.degree.value, study.end) == ("University of Graz", "Master of Science", "2018")
    listed = [each.value for each in reading.evidence.skills if each.employment is None]
    assert listed == ["Python", "SQL", "Airflow", "dbt"]
    assert [(each.language, each.level) for each in reading.evidence.languages] == [("de", "native"), ("en", "C1")]
    assert [each.value for each in reading.evidence.certifications] == ["AWS Certified Data Engineer"]


def test_a_listed_skill_knows_the_position_it_was_used_in(reading: Reading) -> None:
    used = {(each.value, each.employment) for each in reading.evidence.skills if each.employment is not None}
    assert used == {("Python", 0), ("Airflow", 0), ("SQL", 1)}


def test_R4_every_fact_says_where_it_stands(reading: Reading) -> None:
    evidence = reading.evidence
    facts = [*evidence.skills, *evidence.certifications]
    facts += [fact for each in evidence.employment for fact in (each.title, each.company, each.place) if fact]
    assert len(facts) > 8
    for fact in facts:
        assert " ".join(reading.text[fact.start : fact.end].split()).lower() == fact.value.lower()


def test_R9_evidence_is_as_long_as_the_text_and_holds_no_contact(reading: Reading) -> None:
    evidence = reading.evidence.text
    assert len(evidence) == len(reading.text)
    for secret in ("Jane", "Doe", "jane.doe", "@", "660 1234567", "linkedin.com"):
        assert secret in reading.text
        assert secret not in evidence
    assert MASK * len("Jane Doe") + " is a data engineer" in evidence
    assert "Blue Harbour GmbH" in evidence


@pytest.mark.parametrize(
    "head",
    [
        ("Software Engineer", "Acme Ltd", "Jan 2020 – Mar 2021"),
        ("Acme Ltd", "Software Engineer", "Jan 2020 – Mar 2021"),
        ("Jan 2020 – Mar 2021", "Software Engineer", "Acme Ltd"),
        ("Jan 2020 – Mar 2021", "Acme Ltd", "Software Engineer"),
        ("Software Engineer, Acme Ltd\tJan 2020 – Mar 2021",),
        ("Acme Ltd — Software Engineer\tJan 2020 – Mar 2021",),
        ("Software Engineer | Acme Ltd | Jan 2020 – Mar 2021",),
        ("Software Engineer\tJan 2020 – Mar 2021", "Acme Ltd, Austin, TX"),
        ("Acme Ltd\tAustin, TX", "Software Engineer\tJan 2020 – Mar 2021"),
        ("Software Engineer at Acme Ltd (Jan 2020 – Mar 2021)",),
    ],
    ids=range(10),
)
def test_the_order_of_title_employer_and_dates_does_not_matter(head: tuple[str, ...]) -> None:
    other = "\n".join(head)
    for old, new in (
        ("Software Engineer", "Sales Manager"),
        ("Acme Ltd", "Borealis Inc"),
        ("2021", "2019"),
        ("2020", "2018"),
    ):
        other = other.replace(old, new)
    text = f"Jane Doe\n\nEXPERIENCE\n\n{chr(10).join(head)}\n* Wrote code\n\n{other}\n* Sold things\n"
    assert jobs_of(reading_of(text.encode())) == [
        ("Software Engineer", "Acme Ltd", "2020-01", "2021-03", False),
        ("Sales Manager", "Borealis Inc", "2018-01", "2019-03", False),
    ]


@pytest.mark.parametrize(
    ("employment", "education", "skills"),
    [
        ("Berufserfahrung", "Ausbildung", "Kenntnisse"),
        ("Expérience professionnelle", "Formation", "Compétences"),
        ("Experiencia profesional", "Educación", "Habilidades"),
        ("Experiență profesională", "Educație", "Competențe"),
        ("Werkervaring", "Opleiding", "Vaardigheden"),
        ("Esperienza professionale", "Istruzione", "Competenze"),
        ("Experiência profissional", "Educação", "Competências"),
    ],
)
def test_headings_in_other_languages(employment: str, education: str, skills: str) -> None:
    text = f"""Jane Doe

{employment}
Software Engineer, Acme GmbH
2018 - 2020

{education}
University of Graz, 2017

{skills}
Python, SQL
"""
    found = [each.kind.value for each in reading_of(text.encode()).evidence.sections]
    assert found == ["header", "employment", "education", "skills"]


def make_pdf(draw: Callable[[Canvas], None]) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    draw(canvas)
    canvas.save()
    return out.getvalue()


def test_a_sidebar_is_read_on_its_own() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColorRGB(0.1, 0.1, 0.3)
        canvas.rect(0, 0, 190, 842, fill=1, stroke=0)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.setFont("Helvetica-Bold", 13)
        canvas.drawString(20, 700, "Skills")
        canvas.setFont("Helvetica", 10)
        for index, skill in enumerate(("Python", "Terraform", "Kubernetes", "Ansible", "Linux")):
            canvas.drawString(20, 680 - 17 * index, skill)
        canvas.setFillColorRGB(0, 0, 0)
        canvas.setFont("Helvetica-Bold", 26)
        canvas.drawString(220, 780, "Jane Doe")
        canvas.setFont("Helvetica-Bold", 13)
        canvas.drawString(220, 700, "Experience")
        canvas.setFont("Helvetica-Bold", 10)
        canvas.drawString(220, 676, "Platform Engineer")
        canvas.setFont("Helvetica", 10)
        canvas.drawString(220, 662, "Acme Ltd")
        canvas.drawString(450, 676, "Jan 2020 - Mar 2021")
        canvas.drawString(230, 644, "Kept two hundred servers alive through the winter of the great migration.")
        canvas.drawString(230, 631, "Wrote the handbook that everybody on call still reads.")

    reading = reading_of(make_pdf(draw))
    assert reading.format is FileFormat.PDF
    assert reading.hidden_characters == 0
    assert jobs_of(reading) == [("Platform Engineer", "Acme Ltd", "2020-01", "2021-03", False)]
    listed = [each.value for each in reading.evidence.skills if each.employment is None]
    assert listed == ["Python", "Terraform", "Kubernetes", "Ansible", "Linux"]


def test_R13_what_nobody_can_see_on_a_page_is_left_out_and_counted() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 12)
        canvas.drawString(60, 780, "Jane Doe, an honest gardener from Graz")
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(60, 700, "kubernetes")
        canvas.setFillColorRGB(0, 0, 0)
        canvas.setFont("Helvetica", 1)
        canvas.drawString(60, 650, "terraform")
        canvas.setFont("Helvetica", 12)
        canvas.drawString(2000, 600, "haskell")
        canvas.drawString(60, 500, "fortran")
        canvas.setFillColorRGB(0.2, 0.4, 0.6)
        canvas.rect(50, 490, 200, 30, fill=1, stroke=0)

    reading = reading_of(make_pdf(draw))
    assert reading.text == "Jane Doe, an honest gardener from Graz"
    assert reading.hidden_characters == len("kubernetesterraformhaskellfortran")


def test_divided_words_and_page_numbers() -> None:
    def draw(canvas: Canvas) -> None:
        for page in (1, 2):
            canvas.setFont("Helvetica", 10)
            canvas.drawString(60, 760, f"On page {'one' if page == 1 else 'two'} she wrote about infra-")
            canvas.drawString(60, 746, "structure and more")
            canvas.drawString(260, 20, f"Jane Doe - {page}/2")
            canvas.showPage()

    text = reading_of(make_pdf(draw)).text
    assert text.count("infrastructure") == 2
    assert "/2" not in text


def make_docx(fill: Callable[[docx.document.Document], None]) -> bytes:
    document = docx.Document()
    fill(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_docx_with_contacts_in_its_header_and_jobs_in_a_table() -> None:
    def fill(document: docx.document.Document) -> None:
        document.sections[0].header.paragraphs[0].text = "jane.doe@example.com | (312) 555-0143"
        document.add_paragraph("Jane Doe", style="Title")
        document.add_heading("Experience", 1)
        table = document.add_table(rows=2, cols=2)
        table.cell(0, 0).text, table.cell(0, 1).text = "Software Engineer, Acme Ltd", "Jan 2020 – Mar 2021"
        table.cell(1, 0).text, table.cell(1, 1).text = "Sales Manager, Borealis Inc", "Jan 2018 – Dec 2019"

    reading = reading_of(make_docx(fill))
    assert reading.format is FileFormat.DOCX
    assert [each.value for each in reading.contacts.emails] == ["jane.doe@example.com"]
    assert [each.value for each in reading.contacts.phones] == ["(312) 555-0143"]
    assert jobs_of(reading) == [
        ("Software Engineer", "Acme Ltd", "2020-01", "2021-03", False),
        ("Sales Manager", "Borealis Inc", "2018-01", "2019-12", False),
    ]


def test_R13_hidden_runs_of_a_docx_are_left_out_and_counted() -> None:
    def fill(document: docx.document.Document) -> None:
        paragraph = document.add_paragraph("Jane Doe, an honest gardener from Graz")
        vanished = paragraph.add_run(" kubernetes")
        vanished.font.hidden = True
        white = paragraph.add_run(" terraform")
        white.font.color.rgb = RGBColor(255, 255, 255)
        tiny = paragraph.add_run(" haskell")
        tiny.font.size = Pt(1)

    reading = reading_of(make_docx(fill))
    assert reading.text == "Jane Doe, an honest gardener from Graz"
    assert reading.hidden_characters == len("kubernetesterraformhaskell")


def test_odt_html_and_rtf_say_the_same_as_text() -> None:
    expected = [("Software Engineer", "Acme Ltd", "2020-01", "2021-03", False)]
    document = OpenDocumentText()
    document.text.addElement(P(text="Jane Doe"))
    document.text.addElement(H(outlinelevel=1, text="Experience"))
    document.text.addElement(P(text="Software Engineer, Acme Ltd"))
    document.text.addElement(P(text="Jan 2020 – Mar 2021"))
    out = io.BytesIO()
    document.write(out)
    page = (
        "<!doctype html><html><head><title>x</title><style>p{}</style></head><body><h1>Jane Doe</h1><h2>Experience</h2>"
        "<div><h3>Software Engineer, Acme Ltd</h3><p>Jan 2020 &ndash; Mar 2021</p></div>"
        "<script>alert(1)</script><p style='display:none'>kubernetes</p></body></html>"
    )
    rich = (
        r"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\f0\fs24 Jane Doe\par{\b Experience}\par "
        r"Software Engineer, Acme Ltd\par Jan 2020 \u8211? Mar 2021\par{\v kubernetes}}"
    )
    for data, file_format in (
        (out.getvalue(), FileFormat.ODT),
        (page.encode(), FileFormat.HTML),
        (rich.encode(), FileFormat.RTF),
    ):
        reading = reading_of(data)
        assert reading.format is file_format
        assert jobs_of(reading) == expected
        assert "kubernetes" not in reading.text
        assert "alert" not in reading.text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_text_in_common_encodings(encoding: str) -> None:
    text = RESUME.replace("Graz", "Zürich").replace("likes pipelines", "grüßt José und Zoë")
    assert "grüßt José und Zoë" in reading_of(text.encode(encoding)).text
