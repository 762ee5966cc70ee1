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
_ANNOTATIONS = frozenset(
    [
        "override",
        "autowired",
        "property",
        "dataclass",
        "component",
        "service",
        "repository",
        "controller",
        "restcontroller",
        "transactional",
        "entity",
        "table",
        "column",
        "media",
        "import",
        "keyframes",
        "font-face",
        "supports",
        "charset",
        "staticmethod",
        "classmethod",
        "abstractmethod",
        "cached",
        "test",
        "before",
        "after",
        "beforeeach",
        "aftereach",
        "bean",
        "configuration",
        "inject",
        "injectable",
        "input",
        "output",
        "param",
        "return",
        "returns",
        "throws",
        "see",
        "since",
        "author",
        "deprecated",
        "nullable",
        "notnull",
        "suppresswarnings",
        "functionalinterface",
        "fixture",
        "pytest",
        "app",
        "angular",
        "types",
        "babel",
        "nestjs",
        "sveltejs",
        "vue",
        "tanstack",
        "here",
        "channel",
        "all",
        "team",
        "everyone",
        "scale",
        "home",
        "work",
        "node",
        "edge",
        "springbootapplication",
        "requestmapping",
        "getmapping",
        "mock",
        "postmapping",
        "lru_cache",
        "cache",
        "contextmanager",
        "overload",
        "final",
        "typing",
        "jit",
        "njit",
        "tf",
        "task",
        "flow",
        "apply",
        "tailwind",
        "include",
        "mixin",
        "extend",
        "use",
        "forward",
        "function",
        "if",
        "else",
        "for",
        "while",
        "each",
        "the",
        "a",
        "an",
        "in",
        "least",
        "last",
        "once",
        "your",
        "our",
        "my",
    ]
)
_ANNOTATION_ENDING = re.compile(r"(?:module|property|toone|tomany|mapping|_required|async|retry|bean|test|decorator)$")
_NO_NAMES = frozenset(
    [
        "a",
        "an",
        "the",
        "this",
        "that",
        "these",
        "those",
        "and",
        "or",
        "but",
        "not",
        "no",
        "nor",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "has",
        "have",
        "had",
        "do",
        "does",
        "did",
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "must",
        "shall",
        "should",
        "full",
        "great",
        "new",
        "private",
        "here",
        "there",
        "used",
        "growing",
        "quiet",
        "down",
        "dead",
        "good",
        "mostly",
        "only",
        "also",
        "very",
        "too",
        "all",
        "any",
        "some",
        "our",
        "your",
        "my",
        "his",
        "her",
        "their",
        "its",
        "it",
        "we",
        "you",
        "they",
        "he",
        "she",
        "i",
        "me",
        "us",
        "them",
        "who",
        "what",
        "when",
        "where",
        "why",
        "how",
        "for",
        "with",
        "without",
        "from",
        "into",
        "onto",
        "over",
        "under",
        "about",
        "as",
        "at",
        "by",
        "in",
        "of",
        "on",
        "to",
        "up",
        "off",
        "out",
        "see",
        "seen",
        "show",
        "ads",
        "actions",
        "marketing",
        "recruiting",
        "employer",
        "growth",
        "management",
        "campaigns",
        "campaign",
        "content",
        "company",
        "pages",
        "page",
        "channel",
        "channels",
        "group",
        "groups",
        "account",
        "accounts",
        "profile",
        "profiles",
        "bots",
        "bot",
        "api",
        "apis",
        "business",
        "premium",
        "learning",
        "sales",
        "navigator",
        "insights",
        "analytics",
        "data",
        "developer",
        "developers",
        "engineer",
        "manager",
        "community",
        "communities",
        "followers",
        "posts",
        "post",
        "messages",
        "message",
        "messaging",
        "chat",
        "chats",
        "calls",
        "call",
        "video",
        "videos",
        "stories",
        "story",
        "reels",
        "live",
        "shop",
        "integration",
        "integrations",
        "login",
        "connect",
        "copilot",
        "enterprise",
        "pipelines",
        "issues",
        "repo",
        "repos",
        "repository",
        "repositories",
        "workflow",
        "workflows",
        "projects",
        "project",
        "packages",
        "pull",
        "requests",
        "stars",
        "server",
        "servers",
        "banned",
        "blocked",
        "replaced",
        "based",
        "protocol",
        "processing",
        "client",
        "clients",
        "app",
        "apps",
        "web",
        "mobile",
        "desktop",
        "bootstrap",
        "flask",
        "teams",
        "slack",
        "skype",
        "zoom",
        "telegram",
        "instagram",
        "facebook",
        "linkedin",
        "twitter",
        "tiktok",
        "youtube",
        "discord",
        "signal",
        "whatsapp",
        "snapchat",
        "pinterest",
        "reddit",
        "github",
        "gitlab",
        "jira",
        "full-time",
        "daily",
        "weekly",
        "monthly",
        "yes",
        "none",
        "nothing",
        "many",
        "most",
        "more",
        "less",
        "several",
        "every",
        "each",
        "one",
        "two",
        "three",
        "four",
        "five",
        "und",
        "oder",
        "nicht",
        "ist",
        "sind",
        "war",
        "wird",
        "werden",
        "hat",
        "haben",
        "mit",
        "ohne",
        "von",
        "fur",
        "als",
        "auf",
        "im",
        "am",
        "der",
        "die",
        "das",
        "den",
        "dem",
        "ein",
        "eine",
        "et",
        "ou",
        "est",
        "sont",
        "avec",
        "sans",
        "pour",
        "dans",
        "le",
        "la",
        "les",
        "un",
        "une",
        "des",
        "du",
        "au",
        "y",
        "o",
        "es",
        "son",
        "con",
        "sin",
        "para",
        "por",
        "el",
        "los",
        "las",
        "del",
        "al",
        "si",
        "sau",
        "cu",
        "fara",
        "pentru",
        "pe",
        "din",
        "este",
        "sunt",
        "internal",
        "external",
        "official",
        "public",
        "open",
        "source",
        "required",
        "optional",
        "plus",
        "preferred",
        "experience",
        "skills",
        "knowledge",
        "media",
        "social",
        "email",
        "mail",
        "phone",
        "validated",
        "stored",
        "case",
        "team",
        "part",
        "user",
        "users",
        "name",
        "names",
        "like",
        "following",
        "drawing",
        "administration",
        "admin",
        "support",
        "specialist",
        "expert",
        "professional",
        "certified",
        "audience",
        "engagement",
        "strategy",
        "presence",
        "outreach",
        "network",
        "networking",
        "platform",
        "platforms",
        "feed",
        "feeds",
        "lite",
        "watch",
        "kubernetes",
        "docker",
        "python",
        "java",
        "javascript",
        "automation",
        "hosting",
        "desktop",
        "machine",
        "people",
        "someone",
        "somebody",
        "anyone",
        "jobs",
        "job",
        "offers",
        "things",
        "work",
        "working",
        "worked",
        "via",
        "using",
        "use",
        "uses",
        "so",
        "just",
        "then",
        "than",
        "because",
        "if",
        "while",
        "of",
    ]
)


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
