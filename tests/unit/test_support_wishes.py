"""Mails to support are told apart by what they ask for; what is not clear is a question for a person (R27)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiring.support.model import RequestKind
from hiring.support.wishes import wish_of

SAID = {
    RequestKind.OPT_OUT: [
        "Unsubscribe",
        "Please take me off",
        "I want to leave full-time matching.",
        "I am no longer interested in full-time jobs, thank you",
        "Opt-out",
        "Please stop sending me jobs",
        "Bitte melden Sie mich ab: Abmeldung",
        "Ich melde mich hiermit ab",
        "Kein Interesse mehr",
        "Je ne suis plus intéressé, désinscription s'il vous plaît",
        "Quiero darme de baja",
        "Ya no busco trabajo",
    ],
    RequestKind.ERASE: [
        "Please delete my account and all my data",
        "Erasure request under article 17",
        "I want to leave. Delete everything you have about me.",
        "Bitte löschen Sie alle meine Daten",
        "Löschung meines Kontos",
        "Merci de supprimer mon compte",
        "Droit à l’oubli",
        "Por favor, borren mis datos",
        "Eliminación de mi cuenta",
    ],
    RequestKind.EXPORT: [
        "I would like a copy of all my data",
        "Data export",
        "What do you know about me?",
        "Auskunft nach Artikel 15",
        "Bitte um eine Kopie meiner Daten",
        "Je voudrais une copie de mes données",
        "Solicito acceso a mis datos",
    ],
    RequestKind.CORRECT: [
        "My job title is wrong",
        "Correction of my resume",
        "Please update my name",
        "Mein Geburtsname ist falsch",
        "Bitte korrigieren: ich war bis 2021 dort. Korrektur",
        "Il y a une erreur dans mon CV",
        "Hay un error en mi perfil",
    ],
    RequestKind.QUESTION: [
        "",
        "Hello",
        "When will I hear from the client?",
        "Ich habe vergessen, wie man sich anmeldet",
        "Delete my data, but first send me a copy of everything",
        "Please export my profile or correct it",
        "J'ai oublié mon mot de passe",
        "Can I see my matches without a resume?",
    ],
}


@pytest.mark.parametrize(("text", "kind"), [(text, kind) for kind, texts in SAID.items() for text in texts])
def test_R27_a_mail_is_told_by_its_words_in_its_subject_or_in_its_text(text: str, kind: RequestKind) -> None:
    assert wish_of(text, "") is kind
    assert wish_of("Hello", f"Dear team,\n\n{text}\n\nAda") is kind


def test_R27_the_subject_decides_where_it_says_something() -> None:
    assert wish_of("Unsubscribe", "My name is wrong, by the way.") is RequestKind.OPT_OUT


def test_R27_what_is_quoted_or_far_below_is_not_what_the_mail_asks_for() -> None:
    assert wish_of("Re: Your resume", "Thanks!\n\n> You can leave at any time, and delete all.") is RequestKind.QUESTION
    assert wish_of("Hello", "word " * 1000 + "unsubscribe") is RequestKind.QUESTION


@given(st.text(max_size=300), st.text(max_size=3000))
def test_R27_any_text_at_all_is_some_wish(subject: str, text: str) -> None:
    assert wish_of(subject, text) in {*SAID}
