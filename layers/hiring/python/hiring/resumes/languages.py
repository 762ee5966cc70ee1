"""Spoken languages with the level that a resume gives them."""

from __future__ import annotations

import re

from hiring.resumes.document import TextLine
from hiring.resumes.headings import fold
from hiring.resumes.model import SectionKind, SpokenLanguage
from hiring.resumes.sections import Part
from hiring.shared.values import LanguageLevel

_NAMES = {
    "en": ("English", "english englisch anglais ingles engleza engels inglese"),
    "de": ("German", "german deutsch allemand aleman germana duits tedesco alemao"),
    "fr": ("French", "french franzosisch francais frances franceza frans francese"),
    "es": ("Spanish", "spanish spanisch espagnol espanol castellano spaniola spaans spagnolo espanhol castilian"),
    "ro": ("Romanian", "romanian rumanisch roumain rumano romana roemeens rumeno romeno"),
    "nl": ("Dutch", "dutch niederlandisch neerlandais neerlandes olandeza nederlands olandese holandes flemish"),
    "it": ("Italian", "italian italienisch italien italiano italiana italiaans"),
    "pt": ("Portuguese", "portuguese portugiesisch portugais portugues portugheza portugees portoghese"),
    "pl": ("Polish", "polish polnisch polonais polaco poloneza pools polacco"),
    "ru": ("Russian", "russian russisch russe ruso rusa russo"),
    "uk": ("Ukrainian", "ukrainian ukrainisch"),
    "zh": ("Chinese", "chinese mandarin cantonese chinesisch chinois chino chineza chinees cinese"),
    "ja": ("Japanese", "japanese japanisch japonais japones japoneza japans giapponese"),
    "ko": ("Korean", "korean koreanisch coreen coreano"),
    "ar": ("Arabic", "arabic arabisch arabe araba arabo"),
    "hi": ("Hindi", "hindi"),
    "bn": ("Bengali", "bengali bangla"),
    "ur": ("Urdu", "urdu"),
    "pa": ("Punjabi", "punjabi"),
    "ta": ("Tamil", "tamil"),
    "te": ("Telugu", "telugu"),
    "mr": ("Marathi", "marathi"),
    "gu": ("Gujarati", "gujarati"),
    "kn": ("Kannada", "kannada"),
    "ml": ("Malayalam", "malayalam"),
    "tr": ("Turkish", "turkish turkisch turc turco turca turks"),
    "el": ("Greek", "greek griechisch grec griego"),
    "he": ("Hebrew", "hebrew hebraisch hebreu hebreo"),
    "fa": ("Persian", "persian farsi"),
    "sv": ("Swedish", "swedish schwedisch suedois sueco"),
    "no": ("Norwegian", "norwegian norwegisch"),
    "da": ("Danish", "danish danisch"),
    "fi": ("Finnish", "finnish finnisch"),
    "cs": ("Czech", "czech tschechisch"),
    "sk": ("Slovak", "slovak slowakisch"),
    "hu": ("Hungarian", "hungarian ungarisch hongrois maghiara"),
    "bg": ("Bulgarian", "bulgarian bulgarisch"),
    "sr": ("Serbian", "serbian serbisch"),
    "hr": ("Croatian", "croatian kroatisch"),
    "sl": ("Slovenian", "slovenian slovene"),
    "vi": ("Vietnamese", "vietnamese"),
    "th": ("Thai", "thai"),
    "id": ("Indonesian", "indonesian bahasa"),
    "ms": ("Malay", "malay"),
    "tl": ("Tagalog", "tagalog filipino"),
    "sw": ("Swahili", "swahili kiswahili"),
    "yo": ("Yoruba", "yoruba"),
    "ig": ("Igbo", "igbo"),
    "ha": ("Hausa", "hausa"),
    "am": ("Amharic", "amharic"),
    "af": ("Afrikaans", "afrikaans"),
    "ca": ("Catalan", "catalan catala katalanisch"),
    "eu": ("Basque", "basque euskera"),
    "gl": ("Galician", "galician gallego"),
    "cy": ("Welsh", "welsh"),
    "ga": ("Irish", "irish gaelic"),
    "et": ("Estonian", "estonian"),
    "lv": ("Latvian", "latvian"),
    "lt": ("Lithuanian", "lithuanian"),
    "sq": ("Albanian", "albanian"),
    "hy": ("Armenian", "armenian"),
    "ka": ("Georgian", "georgian"),
    "ne": ("Nepali", "nepali"),
    "si": ("Sinhala", "sinhala sinhalese"),
    "la": ("Latin", "latin"),
    "is": ("Icelandic", "icelandic"),
}  # fmt: skip
_CODES = {name: code for code, (_, names) in _NAMES.items() for name in names.split()}
_PATTERN = re.compile(r"(?<!\w)[^\W\d_]+(?!\w)")
_LEVELS = (
    (LanguageLevel.NATIVE, r"native|mother tongue|muttersprache|langue maternelle|nativ[oa]|lengua materna|nativ|moedertaal|madrelingua|first language|bilingual|bilingue"),
    (LanguageLevel.C2, r"c2|mastery|near[- ]native|verhandlungssicher"),
    (LanguageLevel.C1, r"c1|fluent|fluently|fließend|fliessend|courant|fluido|fluent|vloeiend|advanced|full professional|proficient|avancé|avanzado|avansat|fluente"),
    (LanguageLevel.B2, r"b2|upper[- ]intermediate|professional working|professional|good|gut|business|working proficiency"),
    (LanguageLevel.B1, r"b1|intermediate|conversational|conversant|limited working|mittel|intermédiaire|intermedio|mediu"),
    (LanguageLevel.A2, r"a2|elementary|basic|grundkenntnisse|basics|básico|notions|de bază|basis"),
    (LanguageLevel.A1, r"a1|beginner|novice|anfänger|débutant|principiante|începător"),
)  # fmt: skip


def languages_of(parts: list[Part]) -> tuple[SpokenLanguage, ...]:
    """The languages of the languages sections and of lines that a label marks ("Languages: French, Dutch")."""
    found: dict[str, SpokenLanguage] = {}
    for part in parts:
        for line in part.lines:
            labelled = re.match(
                r"(?:(?:spoken|foreign|natural|human)\s)?(?:languages?|sprachen|langues|idiomas|limbi|talen|lingue)(?:\sspoken)?\s*[:\t–—-]",
                line.text,
                re.IGNORECASE,
            )
            if part.kind is SectionKind.LANGUAGES:
                _read(line, 0, found)
            elif labelled and part.kind is not SectionKind.EMPLOYMENT:
                _read(line, labelled.end(), found)
    return tuple(found.values())


def _read(line: TextLine, begin: int, found: dict[str, SpokenLanguage]) -> None:
    hits = [
        (match, _CODES[fold(match.group())])
        for match in _PATTERN.finditer(line.text, begin)
        if fold(match.group()) in _CODES and match.group()[:1].isupper()
    ]
    for number, (match, code) in enumerate(hits):
        stop = hits[number + 1][0].start() if number + 1 < len(hits) else len(line.text)
        after = line.text[match.end() : stop]
        level = next(
            (level for level, pattern in _LEVELS if re.search(rf"(?<!\w)(?:{pattern})(?!\w)", after, re.IGNORECASE)),
            None,
        )
        word = match.group().lower()
        value = (
            word.capitalize() if word in ("mandarin", "cantonese", "farsi", "flemish", "filipino") else _NAMES[code][0]
        )
        found.setdefault(
            value,
            SpokenLanguage(
                value=value, start=line.start + match.start(), end=line.start + match.end(), language=code, level=level
            ),
        )
