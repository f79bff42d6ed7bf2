"""What a reader typed in, what is to be looked for out: a name perhaps, phrases, amounts and dates, and words.

Runs in the browser as `assets/search/60-query.js`; this is the same in Python, and tests/search/understand.json
binds both.
"""

import re
from typing import Final, NamedTuple

from generator.search.folding import fold
from generator.search.quantities import quantities


class Query(NamedTuple):
    """`name` is what to look up among the names; the token of an amount or a date comes with what was typed.

    `question` is the token of what is asked for, such as a time or a reason: see `question`.
    """

    name: str
    phrases: tuple[str, ...]
    tokens: tuple[tuple[str, str], ...]
    words: tuple[str, ...]
    question: str


def _set(words: str) -> frozenset[str]:
    return frozenset(fold(word) for word in words.split())


_PHRASE: Final = re.compile(r"[\"„“”«»]([^\"„“”«»]+)[\"„“”«»]")
_WORD: Final = re.compile(r"[^\W_](?:[^\W_]|[-‐‑'’.&/](?=[^\W_]))*")
# Too common to part pages from pages; they are looked for only where there is nothing else.
_COMMON: Final = _set(
    "ab aber alle allem allen aller alles als also am an andere anderem anderen anderer anderes auch auf aus bei "
    "beide beiden beim bereits bevor bin bis bist da dabei dadurch dafür dagegen daher damals damit danach dann "
    "daran darauf darf darfst darin darum darüber das dass davon davor dazu dein deine dem den denen denn der "
    "deren des dessen dich die dies diese diesem diesen dieser dieses dir doch dort du durch durfte durften dürfe "
    "dürfen dürfte dürften eben eigentlich ein eine einem einen einer eines einige einigen einiger er erst es "
    "etwa etwas euch euer für gab geben gegangen gegen gehe gehen geht gekommen gemacht genau geschah geschehen "
    "geschieht getan gewesen gewollt gibt ging gingen habe haben hat hatte hatten heute hätte hätten ich ihm ihn "
    "ihnen ihr ihre ihrem ihren ihrer ihres im immer in indem ins ist ja je jede jedem jeden jeder jedes jedoch "
    "jemand jetzt kam kamen kann kein keine keinem keinen keiner komme kommen kommt konnte konnten könne können "
    "könnte könnten lassen ließ ließen lässt mache machen macht machte machten mag man mehr mein meine mich mir "
    "mit mochte mochten muss musste mussten möchte möchten möge mögen müsse müssen müsste müssten nach nachdem "
    "nicht nichts noch nun nur ob oder ohne passiert passierte schon sehr sei seien sein seine seinem seinen "
    "seiner seines seit sich sie sind so sobald solange soll solle sollen sollte sollten sondern sowie "
    "trotz tun tut um und uns unser unsere unter viel viele vielen vom von vor wann war waren warum was weder "
    "wegen weil welche welchem welchen welcher welches wem wen wenig wenn wer werde werden weshalb wessen wie "
    "wieder wieso wieviel will wir wird wo wobei wodurch wofür wogegen woher wohin wolle wollen wollte wollten "
    "womit woran worauf woraus worden worin worum worüber wovon wozu wurde wurden während wäre wären würde würden "
    "zu zum zur zwar zwischen über "
    "a about after against all already also although am among an and any anyone anything are as at be became "
    "because become becomes been before being between both but by came can cannot come comes could did do does "
    "doing done during each either ever every for from gave get gets getting give given gives go goes going gone "
    "got had happen happened happening happens has have having he her here hers him his how i if in into is it "
    "its itself just let lets made make makes making many may maybe me mean means meant might more most much "
    "must my neither no nor not now of on once only onto or other others ought our ours shall she should since so "
    "some someone something still such than that the their theirs them then there these they this those though to "
    "too until upon us v versus very vs was we went were what whatever when where whether which while who whom "
    "whose why will with within without would yet you your yours"
)
_AROUND: Final = ' ?!."„“”«»'
_ASKING: Final = re.compile(
    r"\A(?:(?:was|wer|wo|what|who|where|what's|who's)\s+(?:ist|sind|war|waren|bedeutet|heißt|heisst|meint|is|are|was|were)|"
    r"was\s+versteht\s+man\s+unter|what\s+does|(?:definition|bedeutung|meaning|erklärung)(?:\s+(?:von|of|des|der))?|"
    r"(?:was|wie\s*viel|wieviel)\s+(?:kostet|kostete)|wie\s+(?:hoch|teuer|groß|gross|alt)\s+(?:ist|war|sind|waren)|"
    r"how\s+(?:much|big|old)\s+(?:is|was|are|were)|define|alles\s+(?:über|ueber|uber)|(?:all\s+)?about|über|ueber)\s+"
)
_ARTICLE: Final = re.compile(r"\A(?:der|die|das|den|dem|des|ein|eine|einen|einem|einer|eines|the|a|an)\s+")
_ASKED: Final = re.compile(r"\s+(?:mean|means|bedeutet|stand\s+for)\s*\Z")
# What a question asks for, the narrower first; a preposition may stand before: "until when", "für wen".
_QUESTIONS: Final = tuple(
    re.compile(rf"([\W\d_]*(?:[^\W\d_]{{2,5}} )?)(?:{words})(?![^\W_])", re.IGNORECASE)
    for words in (
        "wie ?viele|wie oft|how many|how often",
        "wie ?viel|wie (?:hoch|teuer|groß|gross)|how (?:much|high|big|large)",
        "wie(?: lange| stark)?|how(?: long| strong)?",
        "wann|when",
        "warum|wieso|weshalb|weswegen|why",
        "wer|wen|wem|wessen|who|whom|whose",
        "wo|wohin|woher|where",
    )
)


def understand(text: str) -> Query:
    """Take a query apart; words come as typed, each once, common ones only where there is nothing else."""
    text = " ".join(text.split())
    phrases = tuple(match[1].strip() for match in _PHRASE.finditer(text) if match[1].strip())
    rest = _PHRASE.sub(" ", text).strip()
    found = quantities(rest)
    tokens = tuple((quantity.tokens[0], rest[quantity.start : quantity.end]) for quantity in found)
    for quantity in reversed(found):
        rest = f"{rest[: quantity.start]} {rest[quantity.end :]}"
    token, rest_of_question = _question(rest)
    rare = tuple(word for word in _words(rest_of_question) if not is_common(word))
    return Query(asked(text), phrases, tokens, rare if rare or phrases or tokens else _words(rest), token)


def _words(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_WORD.findall(text)))


def question(text: str) -> str:
    """Return the token of what a question asks for: a time, a reason, a person …; "" of what asks for none of these.

    It is the same in both languages, so that a title may be found that asks the same.
    """
    return _question(text)[0]


def _question(text: str) -> tuple[str, str]:
    """Return the token of a question, and the text without the words that make it one."""
    for kind, words in enumerate(_QUESTIONS):
        if match := words.match(text):
            return f"qq{kind}", f"{match[1]}{text[match.end() :]}"
    return "", text


def is_common(word: str) -> bool:
    """Tell whether a word is too common to part pages from pages."""
    return fold(word) in _COMMON


def asked(text: str) -> str:
    """Return a query or a title without question and article: "was ist ein SLA?" asks for "sla". Twice is as once."""
    rest, before = text.casefold().strip(_AROUND), ""
    while rest != before:
        before = rest
        for pattern in (_ASKING, _ARTICLE, _ASKED):
            rest = pattern.sub("", rest, count=1).strip(_AROUND) or rest
    return rest
