"""What a mail to support asks for, by its words, in English, German, French and Spanish.

It only decides who looks at the mail next: nothing is done that its sender has not confirmed by a link to the
account's own address. What says several things, or none of these, is a question, which a person reads.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from hiring.support.model import RequestKind

_LOOKED_AT = 2_000
"""Characters of a mail's text: a wish is said at the beginning, and quotes of other mails come after it."""

_SAID: Mapping[RequestKind, re.Pattern[str]] = {
    kind: re.compile("|".join(rf"\b(?:{words})" for words in said), re.IGNORECASE)
    for kind, said in {
        RequestKind.ERASE: (
            r"eras(?:e|ing|ure)\b|delet(?:e|ion|ing)\b|forget me\b|right to be forgotten|wipe\b",
            r"(?:ge)?losch(?:e|en|t|ung)\b|recht auf vergessen",
            r"supprim(?:er|ez|e)\b|suppression de\b|effac(?:er|ez|ement)\b|droit a l.oubli",
            r"borr(?:ar|en|e|ado)\b|elimin(?:ar|en|e|acion)\b|suprim(?:ir|an)\b|derecho al olvido",
        ),
        RequestKind.EXPORT: (
            r"export\b|cop(?:y|ies) of (?:all |everything|my |the )|(?:data|subject) access|access to my data",
            r"what (?:data )?(?:do )?you (?:hold|store|have|know) (?:on|about)|portability|download my data",
            r"auskunft\b|datenauskunft|kopie (?:meiner|aller)|welche daten|datenexport",
            r"copie de (?:mes|toutes)|acces a mes donnees|exporter mes|portabilite",
            r"copia de (?:mis|todos)|acceso a mis datos|exportar mis|portabilidad",
        ),
        RequestKind.CORRECT: (
            r"correct(?:ion|ions|ed)?\b|rectif(?:y|ication)\b|(?:is|are) wrong\b|wrong (?:name|title|date)",
            r"mistakes? in my|out of date\b|(?:update|change|fix) my\b",
            r"berichtig(?:en|ung)\b|korrigier(?:en|t)\b|korrektur\b|(?:ist|sind) falsch\b|falsch(?:e|er|es) ",
            r"corrig(?:er|ez)\b|rectifi(?:er|cation)\b|(?:est|sont) (?:faux|fausse|incorrecte?s?)\b|erreur dans mon",
            r"corre(?:gir|gid|ccion)\b|rectific(?:ar|acion)\b|(?:es|son|esta|estan) incorrect|error en mi",
        ),
        RequestKind.OPT_OUT: (
            r"unsubscribe\b|opt(?:ing)?[ -]?out\b|(?:take|sign|get) me (?:off|out)\b|remove me\b|leave\b|leaving\b",
            r"(?:not|no longer) (?:interested|looking|open)\b|stop (?:sending|mailing|emailing|writing|matching)",
            r"withdraw my (?:consent|participation)",
            r"abmeld(?:en|ung)\b|melde mich .{0,20}\bab\b|austragen\b|kein interesse|nicht (?:mehr|langer) "
            r"(?:interessiert|teilnehmen|dabei)|verlassen\b|einwilligung .{0,20}widerruf|widerrufe",
            r"desabonn|desinscri|plus (?:interesse|disponible)|retirer mon consentement|retirez-moi|quitter\b",
            r"(?:dar|den)me de baja|la baja\b|ya no (?:me interesa|estoy|busco)|retirar mi consentimiento",
        ),
    }.items()
}


def wish_of(subject: str, text: str) -> RequestKind:
    """What a mail with this subject and text asks for; the subject decides where it says something."""
    said = _wishes(subject) or _wishes(_own_words(text))
    if said == {RequestKind.ERASE, RequestKind.OPT_OUT}:
        return RequestKind.ERASE  # who is erased has left
    return said.pop() if len(said) == 1 else RequestKind.QUESTION


def _wishes(text: str) -> set[RequestKind]:
    plain = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    one_line = " ".join(plain.replace("ß", "ss").replace("\u2019", "'").split())
    return {kind for kind, words in _SAID.items() if words.search(one_line)}


def _own_words(text: str) -> str:
    """The beginning of a text without the lines that it quotes."""
    return "\n".join(line for line in text[:_LOOKED_AT].splitlines() if not line.lstrip().startswith(">"))
