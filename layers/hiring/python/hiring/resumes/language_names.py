"""The names of spoken languages, in eight of them."""

from __future__ import annotations

import re

from hiring.resumes.headings import fold

NAMES = {
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
CODES = {name: code for code, (_, names) in NAMES.items() for name in names.split()}
WORD = re.compile(r"(?<!\w)[^\W\d_]+(?!\w)")


def names_language(text: str) -> bool:
    """Whether `text` holds the name of a spoken language."""
    return any(fold(match.group()) in CODES for match in WORD.finditer(text))
