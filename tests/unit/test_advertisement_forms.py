"""The forms in which advertisements say the same: titles, languages, days, years, pay and work modes."""

from __future__ import annotations

import pytest

from hiring.jobs.advertisement import read
from tests.unit.advertisements import values_of

TITLES = (
    ("Bus Driver (PCV)\nCounty Coaches, Kilkenny\n\nWe need people who like mornings.", "Bus Driver (PCV)"),
    ("We're hiring! Bus driver, Bristol", "Bus driver"),
    ("Chargé d'affaires (H/F) - Rennes\nCDI", "Chargé d'affaires"),
    ("Chargée de clientèle particuliers H/F\n\nLieu : Nantes", "Chargée de clientèle particuliers"),
    ("Contable senior\nMadrid, jornada completa", "Contable senior"),
    ("Se busca contable para gestoría en Sevilla\n\nRequisitos\n- Contaplus", "contable"),
    ("Buscamos un/a contable con experiencia.\n\nRequisitos\n- Contaplus", "contable"),
    ("DevOps Engineer / Platform Engineer\nBerlin", "DevOps Engineer / Platform Engineer"),
    ("Acme Cloud\nDevOps Engineer\nRemote", "DevOps Engineer"),
    ("Join our team as a Frontend Developer (React)!\n\nWe build maps.", "Frontend Developer (React)"),
    ("Frontend Developer (React, TypeScript) — Remote EU", "Frontend Developer (React, TypeScript)"),
    ("Hotel Receptionist needed for seaside hotel\nBrighton", "Hotel Receptionist"),
    ("Rezeptionist/in (m/w/d) für unser Hotel in Kiel", "Rezeptionist/in"),
    ("Infirmier / Infirmière en EHPAD H/F\nLyon", "Infirmier / Infirmière en EHPAD"),
    ("Leiter Logistik (m/w/d)\nHamm", "Leiter Logistik"),
    (
        "Für unser Lager in Hamm suchen wir zum 1. Mai eine/n\n\nLeiter/in Logistik (m/w/d)\n\nIhr Profil\n- x",
        "Leiter/in Logistik",
    ),
    ("Registered General Nurse (RGN) - Nights\n£22/hr", "Registered General Nurse (RGN)"),
    ("RGN / RMN Nurse\nCare home, Poole", "RGN / RMN Nurse"),
    ("Part-time Cleaner\nLeeds", "Part-time Cleaner"),
    ("Cleaner (part-time) - Leeds - £12/hr", "Cleaner"),
    (
        "Are you a designer who loves type? Read on.\n\nWe're a studio looking for a graphic designer to join us.",
        "graphic designer",
    ),
    (
        "Hello, graphic designers!\n\nOur studio is growing: we'd like to welcome a mid-weight graphic designer.",
        "mid-weight graphic designer",
    ),
    ("QA Analyst (Manual & Automation)\nPune", "QA Analyst (Manual & Automation)"),
    ("QA Analyst\n\nReports to: Head of QA\nLocation: Pune", "QA Analyst"),
    ("Softwareentwickler C++ (w/m/d) Embedded Systems\nUlm", "Softwareentwickler C++"),
    ("Senior Softwareentwickler Java (all genders)\nUlm", "Senior Softwareentwickler Java"),
    ("Softwareentwickler:in Backend\nUlm", "Softwareentwickler:in Backend"),
    ("Job Description\n\nPosition Title: HR Generalist\nDepartment: People", "HR Generalist"),
    ("Careers at Foo\nOpen roles\n\nWarehouse Supervisor (Night Shift)\nReno, NV", "Warehouse Supervisor"),
    ("Exciting opportunity for a Legal Secretary in Derby!\n\nOur client needs help.", "Legal Secretary"),
    ("An exciting opportunity has arisen for a Quantity Surveyor to join our Leeds office.", "Quantity Surveyor"),
    ("Ref: 88231\nDate posted: 3 May 2027\nMaintenance Planner\nGrangemouth", "Maintenance Planner"),
    ("Role\nProduct Owner\n\nCompany\nFoo\n\nWhat you'll do\n- x", "Product Owner"),
    ("Dental Hygienist – Part Time – Bath", "Dental Hygienist"),
    ("[REMOTE] Ruby Developer\n", "Ruby Developer"),
    ("URGENT: HGV Class 1 Driver\nHull", "HGV Class 1 Driver"),
    ("HGV Class 1 Driver, Hull, £18/hr", "HGV Class 1 Driver"),
    ("2 x Kitchen Porters\nCardiff", "Kitchen Porters"),
    ("Kitchen Porter x2\nCardiff", "Kitchen Porter"),
    ("Teacher of Mathematics\nRequired for September 2027\nSt Bede's, Durham", "Teacher of Mathematics"),
    ("Electrician wanted\nPerth", "Electrician"),
    ("Wanted: Gardener\nBath", "Gardener"),
    ("Vice President, Finance\nNew York, NY", "Vice President, Finance"),
    ("Assistant Manager - Retail\nCork", "Assistant Manager - Retail"),
    ("Koch/Köchin (m/w/d) in Vollzeit\nGraz", "Koch/Köchin"),
    ("Zur Verstärkung unseres Teams suchen wir ab sofort eine Pflegefachkraft (m/w/d).", "Pflegefachkraft"),
    ("Développeur web full stack (F/H) – CDI – Lyon", "Développeur web full stack"),
    ("Camarero/a para restaurante en Málaga", "Camarero/a"),
)
LANGUAGES = (
    ("Fluent German and good English", "de C1,en B2"),
    ("German (C1) and English (B2)", "de C1,en B2"),
    ("English: fluent", "en C1"),
    ("English – C1", "en C1"),
    ("Languages: English (fluent), French (basic)", "en C1,fr A2"),
    ("Business-level Japanese", "ja B2"),
    ("JLPT N2 Japanese", "ja"),
    ("Native-level Dutch speaker", "nl native"),
    ("You speak Italian like a native and your English is good", "it native,en B2"),
    ("Conversational Spanish", "es B1"),
    ("Excellent verbal and written English skills", "en C1"),
    ("Strong command of English", "en C1"),
    ("English language proficiency", "en C1"),
    ("Proficient in English", "en C1"),
    ("Must be fluent in Polish", "pl C1"),
    ("Speaks Hindi and English", "hi,en"),
    ("Ability to communicate in French", "fr"),
    ("Very good knowledge of German, at least C1", "de C1"),
    ("Deutsch auf muttersprachlichem Niveau", "de native"),
    ("Gute Englischkenntnisse", "en B2"),
    ("Fließend Deutsch in Wort und Schrift", "de C1"),
    ("Sichere Deutschkenntnisse und Grundkenntnisse in Englisch", "de B2,en A2"),
    ("Maîtrise de l'anglais", "en C1"),
    ("Inglés alto (C1)", "en C1"),
    ("Nivel alto de inglés", "en C1"),
    ("Español nativo", "es native"),
    ("Upper-intermediate English (B2+)", "en B2"),
    ("Working proficiency in Norwegian", "no B2"),
    ("Mandarin speaker", "zh"),
    ("Arabic and English essential", "ar,en"),
    ("Full professional proficiency in Swedish", "sv C1"),
    ("Danish at a professional level", "da B2"),
    ("Reads and writes Welsh", "cy"),
    ("Bilingual in English and Afrikaans", "en native,af native"),
    ("C1 German, B2 English", "de C1,en B2"),
    ("German B2 or higher", "de B2"),
    ("English on a level of at least B2", "en B2"),
    ("Perfect Ukrainian and intermediate English", "uk C1,en B1"),
)
STARTS = (
    ("Start: 15.03.2027", "2027-03-15"),
    ("Starting from April 2027", "2027-04-01"),
    ("Commencing 1st Sept 2027", "2027-09-01"),
    ("To start September 6, 2027", "2027-09-06"),
    ("Eintritt: 1.4.2027", "2027-04-01"),
    ("ab dem 1. April 2027", "2027-04-01"),
    ("zum 01.04.2027", "2027-04-01"),
    ("Date de début : 3 mai 2027", "2027-05-03"),
    ("Prise de poste le 3 mai 2027", "2027-05-03"),
    ("Incorporación: mayo de 2027", "2027-05-01"),
    ("Apply by 3 May 2027", ""),
    ("Closing date: 3 May 2027. Start 1 June 2027", "2027-06-01"),
    ("Start date: ASAP", ""),
    ("Start: Monday 7 June 2027", "2027-06-07"),
    ("Proposed start: 2027-06-07", "2027-06-07"),
    ("You will join us in May 2027", "2027-05-01"),
    ("Beginning of May 2027", "2027-05-01"),
    ("Available from: 01/05/2027", "2027-05-01"),
    ("Anticipated start – June 2027", "2027-06-01"),
    ("Interviews on 3 May 2027, start 1 June 2027", "2027-06-01"),
)
YEARS = (
    ("5+ years", "5"),
    ("at least 2 years' experience", "2"),
    ("Minimum two years in a bakery", "2"),
    ("3 - 5 years of experience", "3"),
    ("min. 3 Jahre Berufserfahrung", "3"),
    ("mehrjährige Berufserfahrung", ""),
    ("2 ans d'expérience minimum", "2"),
    ("Al menos 3 años", "3"),
    ("Over six years of work", "6"),
    ("One to two years", "1"),
    ("6-12 months of experience", "0.5"),
    ("A year of kitchen work", "1"),
    ("More than a decade in baking", ""),
    ("No experience required", "0"),
    ("You must be at least 18 years old", ""),
    ("18+ years of age", ""),
    ("12 years of schooling", ""),
    ("Experience: 2 yrs", "2"),
    ("1.5 years", "1.5"),
    ("2½ years", "2.5"),
    ("0-2 years", "0"),
    ("Freshers welcome", "0"),
    ("Experience of at least three (3) years", "3"),
)
PAY = (
    ("Salary: $45/hr", "USD 45 hour"),
    ("£32k–£38k pro rata", "GBP 32000-38000 year"),
    ("€4.200 brutto/Monat", "EUR 4200 month"),
    ("Package up to 18 LPA", "INR -1.8e+06 year"),
    ("CHF 110'000 p.a.", "CHF 110000 year"),
    ("Competitive salary", ""),
    ("Salary: 12-15 LPA", "INR 1.2e+06-1.5e+06 year"),
    ("Salary €45.000,00 – €52.000,00 per jaar", "EUR 45000-52000 year"),
    ("£250 per day", "GBP 250 day"),
    ("Salary £650 per week", "GBP 650 -"),
    ("Circa £40,000", "GBP 40000 year"),
    ("£40,000 (FTE)", "GBP 40000 year"),
    ("Pay rate: 18.50 USD per hour", "USD 18.5 hour"),
    ("$120,000 base + 10% bonus", "USD 120000 year"),
    ("Base $100-120K + equity", "USD 100000-120000 year"),
    ("Gehalt: 55.000 bis 65.000 € im Jahr", "EUR 55000-65000 year"),
    ("Salaire : 28-32 K€ selon profil", "EUR 28000-32000 year"),
    ("Remuneration: R450 000 per annum CTC", "ZAR 450000 year"),
    ("S$4.5k - S$6k per month", "SGD 4500-6000 month"),
    ("Salary: from £27,500", "GBP 27500- year"),
    ("Wage: 14,25 € / Stunde", "EUR 14.25 hour"),
    ("SEK 42 000/month", "SEK 42000 month"),
    ("Salary: PLN 10k-14k net + VAT per month", "PLN 10000-14000 month"),
    ("Salary: 2.400€ netto", "EUR 2400 month"),
    ("We have raised £4m and offer £60,000-£70,000 a year", "GBP 60000-70000 year"),
    ("Compensation: $65,000.00-$80,000.00 Annually", "USD 65000-80000 year"),
)
MODES = (
    ("On-site in Leeds", "on-site"),
    ("Remote-first company, office optional", "remote"),
    ("Office-based role", "on-site"),
    ("This role is 100% office based", "on-site"),
    ("Hybrid working: 60% office", "hybrid"),
    ("2 days WFH", "hybrid"),
    ("Work from home 3 days a week", "hybrid"),
    ("Fully on site", "on-site"),
    ("Must be able to commute to Leeds three days a week", ""),
    ("Remote (UK)", "remote"),
    ("You can work from anywhere", "remote"),
    ("WFH", "remote"),
    ("Flexible hybrid", "hybrid"),
    ("No WFH", "on-site"),
    ("Vor Ort in Kiel", "on-site"),
    ("Homeoffice möglich", "hybrid"),
    ("Tuesdays and Thursdays in the office, the rest from home", "hybrid"),
)


@pytest.mark.parametrize(("text", "title"), TITLES)
def test_a_title_is_told_from_what_stands_around_it(text: str, title: str) -> None:
    assert values_of(read(text))["title"] == {title.casefold()}


@pytest.mark.parametrize(("said", "languages"), LANGUAGES)
def test_languages_have_the_level_that_is_said_of_them_and_are_no_requirement_beside(said: str, languages: str) -> None:
    values = values_of(read(f"Baker\n\nRequirements\n- Knows sourdough\n- {said}\n"))
    assert values["language"] == frozenset(languages.split(","))
    assert values["must"] == {"Knows sourdough"}


@pytest.mark.parametrize(("said", "years"), YEARS)
def test_years_of_experience_and_no_others(said: str, years: str) -> None:
    assert values_of(read(f"Baker\n\nRequirements\n- Knows sourdough\n- {said}\n"))["years"] == expected(years)


@pytest.mark.parametrize(
    ("field", "said", "value"),
    [*(("start", *each) for each in STARTS), *(("pay", *each) for each in PAY), *(("mode", *each) for each in MODES)],
)
def test_conditions_in_many_forms(field: str, said: str, value: str) -> None:
    assert values_of(read(f"Baker\n\n{said}\n\nRequirements\n- Knows sourdough\n"))[field] == expected(value)


def expected(value: str) -> frozenset[str]:
    """What a field holds: one value, or none where none is said."""
    return frozenset([value] if value else [])
