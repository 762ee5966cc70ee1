"""Names on networks and messengers: `@name`, after the network's name, or offered in a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from hiring.contacts.disguises import View
from hiring.contacts.spans import Found, SpanKind

_NETWORK = (
    "telegram|tg|instagram|insta|ig|twitter|skype|discord|whatsapp|wechat|weixin|snapchat|snap|facebook|fb|messenger|"
    "linkedin|github|gitlab|xing|threads|mastodon|viber|icq|kik|tiktok|threema|reddit|youtube|behance|dribbble|bluesky|"
    "paypal|venmo|revolut|bsky|keybase|wickr|kakaotalk|kakao|zalo|slack|signal|line|matrix|wire|x"
)
_WORDS_TOO = frozenset({"signal", "line", "matrix", "wire", "x", "threads", "snap", "slack", "messenger"})
"""Networks whose names mean other things as well: alone before a colon they say nothing."""

_SYMBOL = r"[\u2190-\u21ff\u2794-\u27bf\U0001f300-\U0001faff]"
_NAME = r"[^\W_](?:[\w.\-#]{1,38}[\w])"
_AT_NAME = re.compile(r"(?:(?<![\w@./+-])@|\b(?:me|mich|moi|at) @\s)(?P<name>[a-z_][\w.-]{2,38})(?![\w/@-])")
_COLON = re.compile(
    rf"\b(?P<network>{_NETWORK})(?P<account>[\s-]?(?:id|handle|name|username|user|nick(?:name)?|account|profile|profil|konto|usuario|pseudo))?"
    rf"\s{{0,2}}(?::|=|->|=>|>|\s-\s|{_SYMBOL}|[(\[]at[)\]])\s{{0,2}}@?\s?(?P<name>(?:live:)?(?:\.cid\.)?{_NAME})"
)
_ACCOUNT = r"(?:[\s-](?:id|handle|name|username|user|nick|nickname|account|profile|profil|konto|usuario|pseudo|acc))?"
_OWN = re.compile(
    rf"\b(?:my|mein|meine|mon|mi|meu|mio|our|unser|contul meu de)\s(?:{_NETWORK}){_ACCOUNT}\s{{0,2}}"
    rf"(?:is|ist|lautet|est|es|este|e|c'est|:|=)\s{{0,2}}@?(?P<name>(?:live:)?{_NAME})"
)
_ON = rf"(?:on|auf|sur|en|pe|su|no|via|over|uber)\s(?:{_NETWORK})\b"
_AS = (
    r"(?:as|als|under|unter|comme|sous|como|ca|sub|i am|i'm|im|bin ich|heisse? ich|je suis|soy|sunt|sono|me llamo|is|"
    r"user|username|handle|name|nick|nickname|pseudo)"
)
_NAMED_AFTER = re.compile(rf"\b{_ON}[\s,:;-]{{1,3}}(?:{_AS}\s){{1,3}}@?(?P<name>{_NAME})")
_NAMED_BEFORE = re.compile(
    rf"\b(?:i am|i'm|im|ich bin|je suis|soy|sunt|sono|as|look for|look me up as|search for|search|find|go by|suche?|"
    rf"suchen sie|cherchez|busca|username|user|handle|nick|add|follow|message|cauta|"
    rf"(?:me|mich|us|uns|moi|buscame|encuentrame)\s(?:as|under|unter|als|sous|como|ca|con|by))"
    rf"\s@?(?P<name>{_NAME})\s(?:there\s)?{_ON}"
)
_USER = re.compile(
    r"\b(?:(?P<own>my|mein|mon|mi)\s)?(?:user\s?name|handle|nick(?:name)?|screen name|benutzername|pseudo|usuario)"
    rf"(?:\s(?:there|dort|{_ON}|de (?:{_NETWORK})))?\s{{0,2}}(?P<sign>:|=|is|ist|est|es)\s{{0,2}}@?(?P<name>{_NAME})"
)
_BESIDE = re.compile(rf"\b(?P<network>{_NETWORK})(?P<account>{_ACCOUNT})\s(?P<name>[^\W_][\w.]{{2,38}})")
_IN_BRACKETS = re.compile(
    rf"\b(?:telegram|tg|insta|instagram|skype|wechat|threema|discord)\s\((?P<name>[a-z]{_NAME})\)"
)
_ALONE = re.compile(
    rf"(?:^|[.,;(]\s?|\bmy\s)(?:telegram|tg|insta|skype|wechat|threema|kik|snapchat)\s(?P<name>{_NAME})(?=\s?(?:$|[.,;)!\n]))",
    re.MULTILINE,
)
_NUMBERED_THINGS = frozenset({"issue", "ticket", "bug", "task", "case", "order", "pull", "step", "item", "room"})
_CLAUSE_ENDS = re.compile(r"\s?(?:$|[.,;)!\n])")
_STATE = re.compile(r"(?:ing|ed|ive|able|ly)$")
_WORD_ENDING = re.compile(
    r"(?:ing|ed|ers?|ive|able|tion|ions|ent|ents|ates|ly|ment|ungen|ung|ich|isch|lich|ors?|ists?|ans?)$"
)
_DOTTED_BEFORE = re.compile(
    rf"(?<![\w.@/])(?P<name>{_NAME})\s(?:on|auf|sur|en|pe)\s(?:telegram|tg|insta|instagram|skype|discord|whatsapp|wechat|snapchat|signal|threema|kik|tiktok)\b"
)
_TAG = re.compile(r"(?<![\w#])(?P<name>[a-z][\w.]{2,31})#\d{4}(?!\w)")
_LIVE = re.compile(r"(?<!\w)live:(?P<name>\.?[\w.]{3,40})")
_ANNOTATIONS_TEXT = """
a abstractmethod after aftereach all an angular app apply author autowired babel bean before beforeeach cache cached
channel charset classmethod column component configuration contextmanager controller dataclass deprecated each edge
else entity everyone extend final fixture flow font-face for forward function functionalinterface getmapping here home
if import in include inject injectable input jit keyframes last least lru_cache media mixin mock my nestjs njit node
notnull nullable once our output overload override param postmapping property pytest repository requestmapping
restcontroller return returns scale see service since springbootapplication staticmethod supports suppresswarnings
sveltejs table tailwind tanstack task team test tf the throws transactional types typing use vue while work your
"""
_ANNOTATIONS = frozenset(_ANNOTATIONS_TEXT.split())
_ANNOTATION_ENDING = re.compile(r"(?:module|property|toone|tomany|mapping|_required|async|retry|bean|test|decorator)$")
_NO_NAMES_TEXT = """
a about account accounts actions admin administration ads al all als also am an analytics and any anyone api apis app
apps are as at au audience auf automation avec banned based be because been being blocked bootstrap bot bots business
but by call calls campaign campaigns can case certified channel channels chat chats client clients communities
community company con connect content copilot could cu daily dans das data dead del dem den der des desktop developer
developers did die din discord do docker does down drawing du each ein eine el email employer engagement engineer
enterprise es est este et every experience expert external facebook fara feed feeds five flask followers following for
four from full full-time fur github gitlab good great group groups growing growth haben had has hat have he her here
his hosting how i if im in insights instagram integration integrations internal into is issues ist it its java
javascript jira job jobs just knowledge kubernetes la las le learning les less like linkedin lite live login los
machine mail management manager many marketing may me media message messages messaging might mit mobile monthly more
most mostly must my name names navigator network networking new nicht no none nor not nothing o oder of off offers
official ohne on one only onto open optional or ou our out outreach over packages page pages para part pe pentru
people phone pinterest pipelines platform platforms plus por post posts pour preferred premium presence private
processing professional profile profiles project projects protocol public pull python quiet recruiting reddit reels
replaced repo repos repositories repository requests required sales sans sau see seen server servers several shall she
shop should show si signal sin sind skills skype slack snapchat so social some somebody someone son sont source
specialist stars stored stories story strategy sunt support team teams telegram than that the their them then there
these they things this those three tiktok to too twitter two un und under une up us use used user users uses using
validated very via video videos von war was watch we web weekly werden were what whatsapp when where while who why
will wird with without work worked workflow workflows working would y yes you your youtube zoom
"""
_NO_NAMES = frozenset(_NO_NAMES_TEXT.split())


def find_handles(view: View) -> Iterator[Found]:
    """The handles of a view."""
    for pattern, accepts in _RULES:
        for match in pattern.finditer(view.lower):
            if accepts(match):
                whole = pattern in _WITH_SIGN
                yield SpanKind.HANDLE, *(match.span() if whole else match.span("name"))


def _no_annotation(match: re.Match[str]) -> bool:
    first = match["name"].split(".", maxsplit=1)[0]
    return first not in _ANNOTATIONS and not _ANNOTATION_ENDING.search(first)


def _after_colon(match: re.Match[str]) -> bool:
    plain_word = match["name"][0].isdigit() or not _unlike_a_word(match["name"])
    return not (_is_word_too(match) and plain_word) and _offered(match.string, match)


def _own(match: re.Match[str]) -> bool:
    return _may_be_name(match["name"]) and not _STATE.search(match["name"])


def _account_name(match: re.Match[str]) -> bool:
    if match["sign"] in ":=":
        return _may_be_name(match["name"])
    return _is_name(match["name"]) and (bool(match["own"]) or _unlike_a_word(match["name"]))


def _beside(match: re.Match[str]) -> bool:
    if _is_word_too(match):
        return False
    at_end = _CLAUSE_ENDS.match(match.string, match.end()) is not None
    return _unlike_a_word(match["name"]) or (bool(match["account"]) and at_end and _is_name(match["name"]))


def _before_network(match: re.Match[str]) -> bool:
    return _may_be_name(match["name"]) and _unlike_a_word(match["name"])


def _named(match: re.Match[str]) -> bool:
    return _is_name(match["name"])


def _is_word_too(match: re.Match[str]) -> bool:
    return match["network"] in _WORDS_TOO and not match["account"]


def _offered(lower: str, match: re.Match[str]) -> bool:
    """Whether what stands after the network's name and a colon is a name, and not the beginning of a sentence."""
    if not _may_be_name(match["name"]):
        return False
    following = lower[match.end() : match.end() + 2]
    return _unlike_a_word(match["name"]) or not re.match(r"\s[^\W\d_]|/", following) or bool(match["account"])


def _may_be_name(name: str) -> bool:
    first = name.split(".", maxsplit=1)[0]
    return not {name, first} & _NO_NAMES and not name.replace(".", "").isdigit()


def _is_name(name: str) -> bool:
    """Whether what stands where a name would be is one, and not just the next word."""
    return _may_be_name(name) and (_unlike_a_word(name) or not _WORD_ENDING.search(name))


def _unlike_a_word(name: str) -> bool:
    """Whether a name has a sign within or ends with digits."""
    return ("_" in name or "." in name.rstrip(".") or any(map(str.isdigit, name))) and any(map(str.isalpha, name))


_RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], bool]], ...] = (
    (_AT_NAME, _no_annotation),
    (_COLON, _after_colon),
    (_OWN, _own),
    (_NAMED_AFTER, _named),
    (_NAMED_BEFORE, _named),
    (_ALONE, _named),
    (_IN_BRACKETS, _named),
    (_DOTTED_BEFORE, _before_network),
    (_USER, _account_name),
    (_BESIDE, _beside),
    (_TAG, lambda match: match["name"] not in _NUMBERED_THINGS),
    (_LIVE, lambda _: True),
)
_WITH_SIGN = frozenset({_AT_NAME, _TAG, _LIVE})
"""Where the sign belongs to the name."""
