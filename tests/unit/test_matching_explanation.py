"""Verdicts with the resume's own words (R9)."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from hiring.jobs.model import Requirement, RequirementKind
from hiring.matching.explanation import LONGEST_QUOTE, Criteria, band, explain, must_have_share
from hiring.matching.model import Band, RequirementVerdict, Verdict
from hiring.resumes.model import Evidence, Reading
from hiring.resumes.reader import read
from hiring.skills.embedding import load_embedding
from tests.benchmarks.explaining import HALVES, agreement, claimed_among_others, lines
from tests.builders import NOW, make_job_terms
from tests.matching_builders import RESUME, make_evidence


def verdict_of(text: str, *, years: float | None = None, resume: str = RESUME) -> RequirementVerdict:
    """What a resume shows of one must-have."""
    asked = Requirement(text=text, kind=RequirementKind.MUST_HAVE, minimum_years=years)
    evidence = make_evidence(resume)
    terms = make_job_terms(requirements=(asked,))
    ((verdict,),) = explain(Criteria(terms, load_embedding()), [evidence], as_of=NOW.date())
    return verdict


def read_evidence(text: str) -> Evidence:
    """What the reader finds in a plain text."""
    reading = read(f"Robin Alder\nrobin@example.org\n\n{text}".encode())
    assert isinstance(reading, Reading)
    return reading.evidence


def found_in(evidence: Evidence, text: str) -> tuple[Verdict, str | None]:
    """The verdict on one must-have and its quote."""
    terms = make_job_terms(requirements=(Requirement(text=text, kind=RequirementKind.MUST_HAVE),))
    ((verdict,),) = explain(Criteria(terms, load_embedding()), [evidence], as_of=NOW.date())
    return verdict.verdict, verdict.quote


@pytest.mark.parametrize(
    ("requirement", "quote"),
    [
        ("Python", "Built booking services in Python on PostgreSQL"),
        ("Experience with Postgres", "Built booking services in Python on PostgreSQL"),
        ("Java or Rust", "Wrote Java services; no experience with Kafka"),
        ("Docker", "Skills: Python, Docker, PostgreSQL"),
    ],
)
def test_R9_a_met_requirement_quotes_the_line_that_shows_it(requirement: str, quote: str) -> None:
    verdict = verdict_of(requirement)
    assert verdict.verdict is Verdict.MET
    assert verdict.quote is not None
    assert verdict.quote in quote or quote in verdict.quote
    assert RESUME[verdict.start : verdict.end] == verdict.quote


@pytest.mark.parametrize("requirement", ["Kafka", "Haskell", "Seismic interpretation", "Oil painting"])
def test_R9_what_the_resume_does_not_show_has_no_quote(requirement: str) -> None:
    verdict = verdict_of(requirement)
    assert (verdict.verdict, verdict.quote, verdict.start) == (Verdict.NOT_SHOWN, None, None)


def test_R9_years_come_from_dated_positions_and_fewer_than_asked_are_partly() -> None:
    assert (verdict_of("Python", years=6).verdict, verdict_of("Python", years=6).years) == (Verdict.MET, 6.2)
    assert verdict_of("Python", years=7).verdict is Verdict.PARTLY
    assert verdict_of("7+ years of Python").verdict is Verdict.PARTLY
    assert verdict_of("Docker", years=1).verdict is Verdict.PARTLY
    assert verdict_of("Docker").years is None


def test_R9_years_of_experience_quote_the_earliest_position() -> None:
    verdict = verdict_of("8 years of professional experience")
    assert (verdict.verdict, verdict.years) == (Verdict.MET, 8.2)
    assert verdict.quote == "Junior Developer, Talwerk, 2015 - 2017"


def test_R9_a_technology_without_the_words_around_it_is_partly() -> None:
    assert verdict_of("PostgreSQL replication at ten thousand transactions").verdict is Verdict.PARTLY


def test_R9_some_of_several_is_partly() -> None:
    assert verdict_of("Python and Haskell").verdict is Verdict.PARTLY
    assert verdict_of("Python and Docker").verdict is Verdict.MET


def test_R9_a_claim_without_a_quote_cannot_be_made() -> None:
    with pytest.raises(ValidationError):
        RequirementVerdict(requirement="Python", kind=RequirementKind.MUST_HAVE, verdict=Verdict.MET)
    with pytest.raises(ValidationError):
        RequirementVerdict(requirement="x", kind=RequirementKind.MUST_HAVE, verdict=Verdict.NOT_SHOWN, quote="x")


def test_R9_a_long_line_is_quoted_around_the_words() -> None:
    resume = (
        " ".join(f"thing{number}" for number in range(90)) + " and Terraform modules " + "x" * 190 + " and more" * 9
    )
    verdict = verdict_of("Terraform", resume=resume)
    assert verdict.quote is not None
    assert "Terraform" in verdict.quote
    assert len(verdict.quote) <= LONGEST_QUOTE
    assert resume[verdict.start : verdict.end] == verdict.quote
    assert not verdict.quote.startswith(" ")


def test_R8_a_line_with_masked_words_is_not_quoted_where_another_shows_it() -> None:
    resume = "███ ██████, Python developer\nBuilt services in Python"
    assert verdict_of("Python", resume=resume).quote == "Built services in Python"


def verdict(kind: RequirementKind, shown: Verdict) -> RequirementVerdict:
    """A verdict of a kind."""
    quote = None if shown is Verdict.NOT_SHOWN else "x"
    return RequirementVerdict(requirement="x", kind=kind, verdict=shown, quote=quote)


MUST, NICE = RequirementKind.MUST_HAVE, RequirementKind.NICE_TO_HAVE


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ([(MUST, Verdict.MET), (NICE, Verdict.NOT_SHOWN)], Band.STRONG),
        ([(MUST, Verdict.MET), (MUST, Verdict.PARTLY)], Band.GOOD),
        ([(MUST, Verdict.MET), (MUST, Verdict.NOT_SHOWN)], Band.PARTIAL),
        ([(NICE, Verdict.MET)], Band.STRONG),
        ([(NICE, Verdict.NOT_SHOWN)], Band.PARTIAL),
    ],
)
def test_the_band_follows_the_must_haves(verdicts: list[tuple[RequirementKind, Verdict]], expected: Band) -> None:
    assert band([verdict(kind, shown) for kind, shown in verdicts]) is expected


def test_the_share_of_must_haves_counts_partly_as_half() -> None:
    shown = [verdict(MUST, Verdict.MET), verdict(MUST, Verdict.PARTLY), verdict(NICE, Verdict.NOT_SHOWN)]
    assert must_have_share(shown) == 0.75
    assert must_have_share(shown[2:]) is None


@pytest.mark.parametrize(
    ("requirement", "study", "expected"),
    [
        ("Degree in accounting", "BSc Accounting, 2012", Verdict.MET),
        ("Master's degree or doctorate in geophysics", "MSc Geophysics", Verdict.MET),
        ("Master's degree or doctorate in geophysics", "PhD Marine Biology", Verdict.NOT_SHOWN),
        ("Bachelor of Science in Nursing", "Master in Management Control", Verdict.NOT_SHOWN),
        ("Degree in physics or a comparable subject", "Courses in physics, no exam", Verdict.PARTLY),
    ],
)
def test_R9_a_degree_counts_with_its_subject(requirement: str, study: str, expected: Verdict) -> None:
    assert verdict_of(requirement, resume=f"Education\n{study}\n").verdict is expected


@pytest.mark.parametrize(
    ("requirement", "line"),
    [
        ("Month-end and year-end closing, done independently", "Calm at month end."),
        ("Kubernetes", "Willing to learn Kubernetes"),
        ("Forklift licence", "Willing to get a forklift licence"),
        ("Kubernetes", "Interest in Kubernetes"),
        ("Kubernetes", "No experience with Kubernetes yet"),
    ],
)
def test_R9_common_words_wishes_and_denials_claim_nothing(requirement: str, line: str) -> None:
    assert verdict_of(requirement, resume=line).verdict is Verdict.NOT_SHOWN


@pytest.mark.parametrize(
    ("requirement", "line"),
    [
        ("Work on an intensive care unit", "Registered nurse – emergency and intensive care"),
        ("Month-end closing", "Month-end and year-end for eleven entities"),
        ("Baking bread and pastries", "Baker, sourdough, rolls, start at 2 am"),
    ],
)
def test_R9_the_same_work_in_other_words_is_shown(requirement: str, line: str) -> None:
    assert verdict_of(requirement, resume=line).verdict is not Verdict.NOT_SHOWN


@pytest.mark.parametrize(
    ("requirement", "line"),
    [
        ("Designing REST APIs", "Rest and recovery coach"),
        ("Supervising children in a day nursery", "Plant nursery worker, potting and watering"),
        ("Wound care", "Wound electric motors in a repair shop"),
        ("Recruitment interviews", "Recruit in the basic military service"),
    ],
)
def test_R9_the_same_words_for_other_work_claim_nothing(requirement: str, line: str) -> None:
    assert verdict_of(requirement, resume=line).verdict is Verdict.NOT_SHOWN


@pytest.mark.parametrize(
    ("requirement", "line"),
    [
        ("ACCA, CIMA or a comparable qualification", "Systems: SAP Business One, Sage, Excel"),
        ("Fully qualified electrician", "Electric guitar lessons for beginners"),
        ("Chartered engineer", "Engineer for chartered flights at a regional airport"),
        ("Permit for hazardous goods", "Delivered groceries and other goods on a fixed route"),
        ("Registered with the nursing council", "Registered the arrivals at a spa"),
    ],
)
def test_R9_only_a_paper_shows_that_somebody_holds_one(requirement: str, line: str) -> None:
    assert verdict_of(requirement, resume=line).verdict is Verdict.NOT_SHOWN


def test_R9_a_member_of_the_body_that_is_asked_for_is_qualified() -> None:
    assert (
        verdict_of("ACCA, CIMA or a comparable qualification", resume="ACCA member since 2017").verdict is Verdict.MET
    )


def test_R9_a_protected_title_shows_in_part_what_only_its_holders_are_called() -> None:
    requirement = "State-registered nurse, with a qualification recognised in Germany or in the process of recognition"
    assert verdict_of(requirement, resume="Registered nurse, intermediate care").verdict is Verdict.PARTLY
    assert verdict_of(requirement, resume="Nursery assistant, toddler group").verdict is Verdict.NOT_SHOWN


def test_R9_a_name_is_used_in_one_sense_so_that_all_lines_that_write_it_count() -> None:
    """Here it is listed, and work with it told in other words than the job's; sap in small letters is no SAP."""
    text = (
        "Experience\nSoftware engineer, Tarn Tickets\n03/2016 - 02/2024\n"
        "Seat reservation in Go and Python for concert halls and stadiums\n\nSkills\nPython\nGo\n"
    )
    found = found_in(read_evidence(text), "Python in production, with types and tests")
    assert found[0] is Verdict.MET
    assert found[1] is not None
    assert found[1].startswith("Seat reservation in Go and Python")
    trees = read_evidence(
        text.replace("Seat reservation in Go and Python", "Tapped sap").replace("Skills\nPython", "SAP")
    )
    assert found_in(trees, "SAP in production, with types and tests")[1] == "SAP"


def test_R9_a_sentence_goes_on_in_the_next_line_but_not_into_the_next_position() -> None:
    requirement = "Repairs pumps and turbines"
    wrapped = verdict_of(requirement, resume="In summer and in winter repaired pumps and\nTurbines of four dams")
    assert wrapped.quote == "In summer and in winter repaired pumps and\nTurbines of four dams"
    apart = verdict_of(requirement, resume="In summer and in winter repaired pumps and\nTurbine cleaner 06/2019")
    assert apart.quote is None or "\n" not in apart.quote


def test_R9_a_degree_is_no_licence() -> None:
    evidence = read_evidence("Education\nAssociate of Science in Teaching, 2010\n")
    assert found_in(evidence, "Teaching licence")[0] is Verdict.NOT_SHOWN


@pytest.mark.parametrize(
    ("requirement", "line", "expected"),
    [
        ("Excel beyond pivot tables", "Excel (pivot tables, VLOOKUP)", Verdict.PARTLY),
        ("Excel beyond pivot tables", "Planned the tables of a banquet", Verdict.NOT_SHOWN),
        ("Languages other than Java", "Ten years of Java", Verdict.NOT_SHOWN),
        ("Leading people, not just projects", "Led a department of 30 people, appraisals and hiring", Verdict.MET),
        ("Wound care rather than administration", "Wound care after abdominal surgery", Verdict.MET),
    ],
)
def test_R9_what_a_requirement_is_set_against_shows_nothing(requirement: str, line: str, expected: Verdict) -> None:
    assert verdict_of(requirement, resume=line).verdict is expected


@pytest.mark.parametrize(
    ("requirement", "line"),
    [
        ("Benefits administration", "Gave administrative support to two heads of department"),
        ("Calendar management", "Inventory management, file management, reception"),
        ("Coordination of volunteers", "Coordination of deliveries to three sites"),
    ],
)
def test_R9_a_word_of_all_trades_alone_claims_nothing(requirement: str, line: str) -> None:
    assert verdict_of(requirement, resume=line).verdict is Verdict.NOT_SHOWN


@pytest.mark.parametrize(
    ("requirement", "line"),
    [
        ("Teaching mathematics", "Taught maths to four classes of the upper school"),
        ("Staff scheduling", "Drew up the rota for all staff of the ward each week"),
        ("Evaluation of suppliers", "Evaluated our suppliers and their offers every year"),
    ],
)
def test_R9_the_same_in_other_forms_and_words_is_met(requirement: str, line: str) -> None:
    assert verdict_of(requirement, resume=line).verdict is Verdict.MET


@pytest.mark.parametrize(
    ("requirement", "line"),
    [
        ("Installing hardware and software", "Solved all problems with the hardware and software of customers"),
        ("Inventory management", "Insurance, inventory, managing, mail, office, reception"),
        ("Month-end closing", "Assisted in month-end closing"),
    ],
)
def test_R9_without_the_deed_or_only_as_a_help_is_partly_at_most(requirement: str, line: str) -> None:
    assert verdict_of(requirement, resume=line).verdict is not Verdict.MET


def test_R10_a_resume_gets_the_same_verdicts_in_whatever_company() -> None:
    asked = [Requirement(text=text, kind=RequirementKind.MUST_HAVE) for text in ("Python", "Month-end closing")]
    criteria = Criteria(make_job_terms(requirements=tuple(asked)), load_embedding())
    resumes = [make_evidence(text) for text in (RESUME, "Closed the books each month\nof three entities", "", "Python")]
    together = explain(criteria, resumes, as_of=NOW.date())
    assert together == [explain(criteria, [resume], as_of=NOW.date())[0] for resume in resumes]
    assert explain(criteria, [], as_of=NOW.date()) == []


@pytest.mark.parametrize("line", ["Staff nurse on a surgical ward for six years", "Licensed clinical social worker"])
def test_R9_neither_work_nor_another_licence_shows_a_licence(line: str) -> None:
    assert verdict_of("Registered nurse licence", resume=line).verdict is Verdict.NOT_SHOWN


def test_R9_a_course_alone_is_partly() -> None:
    assert verdict_of("Kubernetes", resume="Kubernetes basics course, 2022").verdict is Verdict.PARTLY


def test_R9_claims_are_right_on_lines_that_nothing_was_chosen_on() -> None:
    found = agreement(list(lines(HALVES["held out"])))
    assert found.claims_right >= 0.85
    assert found.claims_found >= 0.6
    assert found.met_right >= 0.9


def test_R9_a_whole_resume_of_other_fields_claims_little() -> None:
    assert claimed_among_others(HALVES["held out"]) <= 0.15


@pytest.mark.parametrize(
    ("requirement", "verdict", "quote"),
    [
        ("Fluent German", Verdict.MET, "German: C2"),
        ("English C1", Verdict.PARTLY, "English: B2"),
        ("English", Verdict.MET, "English: B2"),
        ("Very good German or French", Verdict.MET, "German: C2"),
        ("German and English, both at least C1", Verdict.PARTLY, "English: B2"),
        ("Fluent French", Verdict.NOT_SHOWN, None),
        ("Spanish at B1 level", Verdict.PARTLY, "Spanish"),
    ],
)
def test_R9_a_language_is_held_against_the_level_that_the_resume_states(
    requirement: str, verdict: Verdict, quote: str | None
) -> None:
    evidence = read_evidence("Skills\nTranslated French menus\n\nLanguages\nGerman: C2\nEnglish: B2\nSpanish\n")
    assert found_in(evidence, requirement) == (verdict, quote)


@pytest.mark.parametrize(
    ("requirement", "verdict", "quote"),
    [
        ("AWS certified", Verdict.MET, "AWS Solutions Architect Associate, 2023"),
        ("Forklift licence", Verdict.MET, "Forklift licence, 2019"),
        ("Valid driving licence", Verdict.MET, "Driving licence class B"),
        ("Azure certification", Verdict.PARTLY, "Moved twelve services to Azure"),
        ("Welding certificate", Verdict.NOT_SHOWN, None),
    ],
)
def test_R9_a_certificate_is_met_where_certificates_are_listed(
    requirement: str, verdict: Verdict, quote: str | None
) -> None:
    evidence = read_evidence(
        "Experience\nPlatform Engineer, Almwerk, 2019 - 2023\nMoved twelve services to Azure\n\n"
        "Certifications\nAWS Solutions Architect Associate, 2023\nForklift licence, 2019\n\n"
        "Personal\nDriving licence class B\n"
    )
    assert found_in(evidence, requirement) == (verdict, quote)


def test_R9_years_of_overlapping_positions_count_once() -> None:
    resume = "Python developer, Alm, 2018 - 2020\nPython trainer, Tal, 2019 - 2021"
    held = [("Python developer, Alm", "2018-01", "2020-12"), ("Python trainer, Tal", "2019-01", "2021-12")]
    terms = make_job_terms(requirements=(Requirement(text="Python", kind=RequirementKind.MUST_HAVE),))
    criteria = Criteria(terms, load_embedding())
    ((found,),) = explain(criteria, [make_evidence(resume, held)], as_of=NOW.date())
    assert found.years == 4.0
