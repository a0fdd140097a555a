"""The wording that news sites share: what menus, boxes and credits say.

One table, :data:`CUES`; the first that fits a line wins.  It knows English
news pages in general and no site in particular: an outlet's own wording comes
from its ``page_patterns`` in the study file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

#: Wording is looked for in the first and last characters of a line only.
LOOKED_AT = 240


@dataclass(frozen=True)
class Cue:
    """Wording that tells what a line is; ``opens`` if it heads a box of such lines."""

    kind: str
    pattern: re.Pattern
    reason: str
    opens: bool = False
    max_words: int = 60


def _cue(kind: str, pattern: str, reason: str, opens: bool = False, max_words: int = 60) -> Cue:
    return Cue(kind, re.compile(pattern, re.IGNORECASE), reason, opens, max_words)


#: The wording that English news sites share, first match wins.
CUES = (
    _cue(
        "template", r"\{\{.*\}\}|\$\{.*\}|<%.*%>|\[\[.*\]\]", "placeholder the site left unfilled"
    ),
    _cue(
        "advertisement",
        r"^\W*((advertis(e|ing|ements?)|sponsored|promoted|paid)( content| posts?| links?)?"
        r"|ad feature|ad|(paid|sponsored) (content|post|for) by .*|sponsor content"
        r"|(advertisement\W+)?(story|article|page|content) continues below.*)\W*$",
        "label of an advertisement",
    ),
    _cue(
        "notice",
        r"\b(published|reprinted|reproduced) (here )?(by )?courtesy of\b"
        r"|\b(re-?published|reprinted|reproduced) (here )?(from|with|by|under)\b"
        r"|\b(article|story|post|piece|content) (was |is )?(first|originally) (published|appeared)\b",
        "says where the article was published first",
    ),
    _cue(
        "comments",
        r"^\W*(\d+ )?((show|view|hide|see|add|leave|post|write|read|join)( all| a| the| your)? )?"
        r"(\d+ )?(comments?|replies|reply|conversation|discussion|responses)( \(?\d+\)?)?\W*$"
        r"|^(log|sign) in to (comment|reply|join)|^(leave|post|write) a (reply|comment|response)"
        r"|^what do you think\?$|^have your say|^join the (conversation|discussion)",
        "what readers may write or wrote",
        opens=True,
        max_words=12,
    ),
    _cue(
        "related",
        r"^\W*((you (may|might|could|will)( also)? (be interested|like|enjoy|love))"
        r"|(also|further) (read|reading)|read (also|next|this next|more)|more (news|stories|to read|reading)"
        r"|(most|trending|popular|top|latest|related|recommended|featured|more|recent|editor'?s?|best|other|"
        r"must|keep|continue|see|up|watch|next|previous|hot|don'?t|in other|partner)"
        r"[ -]?(most |top |related |recommended )?"
        r"(read|viewed|shared|popular|commented|stories|story|articles?|posts?|news|picks?|choice|content|"
        r"videos?|coverage|topics?|links?|reads?|reading|also|next|miss|now|media|watched|clicked|"
        r"searches|headlines|features?|galleries|up))( (this|that)? ?(week|today|now|here|for you))?\W*$"
        r"|^\W*(trending|recommended|related|popular|featured|next up|go deeper|see also|read on|"
        r"explore further|explore more|tags?|tagged( in| with| as)?|topics?|filed under|categor(y|ies)|"
        r"read more( about)?|more (from|on|about|by|in) .*|(recent|latest|other|related|more) .{0,30}"
        r"(stories|articles|posts|news|videos) (by|from|about|on) .*|more( .+)? (stories|videos|news|"
        r"articles|picks)( .*)?|best of .*|about the authors?|previous article.*|next article.*|"
        r"must[- ]reads?|editors?[’']s? (picks?|choice))\W*$",
        "label of a list of other articles",
        opens=True,
        max_words=10,
    ),
    _cue(
        "related",
        r"^\W*((read|watch|see|listen|learn|hear|find out)( more| also| next| now| here)?|also|related"
        r"|more|don[’']?t miss|next story|previous story|must[- ]read|recommended|also (read|see|on .*)|up next"
        r"|related (story|stories|article|articles|video|videos|link|links|content|coverage|reading))"
        r"\s*[:>|»]",
        "points to another article",
        max_words=40,
    ),
    _cue(
        "related",
        r"^(click here|tap here)\b|^read (our|the)( full| latest| complete)? .{0,60}"
        r"(review|story|article|guide|coverage|here)\W*$",
        "points to another article",
        max_words=14,
    ),
    _cue(
        "footer",
        r"^\W*(copyright\b|©|\(c\)).*(19|20)\d\d|\ball rights reserved\b|^\W*copyright\b"
        r"|\b(may not be|without) (published|reproduced|republished|reprinted|prior written|the prior)\b"
        r"|^(terms (of|and|&) |privacy (policy|notice|statement)|cookies? (policy|settings|preferences)"
        r"|(your|eu) privacy|do not sell|accessibility|contact us|about us|site ?map|advertise with"
        r"|ad ?choices|careers|masthead|media kit)",
        "foot of the page: rights, terms or contact",
        opens=True,
    ),
    _cue(
        "footer",
        r"\b(sign|signing|signed) up\b.{0,80}\b(newsletters?|inbox|e-?mails?|updates|alerts|notifications|today|"
        r"free|daily|weekly|for our|to our|to receive|latest)\b|^\W*sign up\b"
        r"|^\W*(subscribe|subscribed|get (the|our|all).{0,60}(newsletter|inbox|delivered|emailed))\b"
        r"|\bnewsletters?\W*$|\b(delivered|straight|sent|right) (straight |directly |right )?to your (inbox|email)"
        r"|^by (clicking|submitting|signing|providing|subscribing|continuing|entering|registering)\b"
        r"|\b(terms of (service|use)|privacy policy|terms and conditions)\b.{0,80}\b(apply|agree|acknowledge|accept)"
        r"|\b(agree|acknowledge|accept|consent)\b.{0,80}\b(terms|privacy policy|privacy notice)\b"
        r"|^thank(s| you) for (signing|subscribing|registering|reading|joining|supporting)"
        r"|\bprotected by recaptcha\b|^(please )?enter (a|your) .{0,20}(e-?mail|name|password)"
        r"|\b(we|site|sites|website|browser)\b.{0,60}\bcookies\b|\bcookies (are|may|policy)\b|\b(accept|use of) cookies\b|\bopt[- ]out of\b|\bcookies?\W*$|^(your )?e-?mail( address)?\W*$|^(please )?(log|sign) ?in\b",
        "newsletter, account or cookie box",
        opens=True,
    ),
    _cue(
        "footer",
        r"\b(may|might|could|can) (earn|receive|get|make|collect) (an? |us )?.{0,40}(commission|affiliate|compensation|"
        r"money|share of sales)|\baffiliate (links?|commission)|\bindependently (selected|reviewed|chosen|"
        r"evaluated)|\b(purchase|buy|shop) .{0,40}through (our |the |these )?links\b",
        "disclosure about selling links",
    ),
    _cue(
        "credit",
        r"^\W*(©|\(c\)|\(photo\b)|^\W*(photos?|pictures?|images?|credits?|illustration|video|graphic|artwork|"
        r"file photo|screenshot)( credits?| courtesy( of)?| by| via)?\s*[:|/]"
        r"|^(photos?|image|picture|video|illustration|screenshot)s? (courtesy( of)?|by|via|from|credit)\b"
        r"|\b(getty( images)?|shutterstock|istock(photo)?|alamy|unsplash|wireimage|filmmagic|reuters|"
        r"handout|imagn|usa today sports|ap photo|ap|afp|epa|courtesy|pa wire|zuma|bloomberg|flickr|via x)"
        r"\s*(images|photo|pictures|press)?\s*[)\]]?\W*$"
        r"|[(\[|] ?(photo|image|picture|credit|courtesy|illustration|via|ap photo|ap/|file|pictured|source)s?\b"
        r"[^)]*[)\]]?\W*$|\b(photo|image|picture|credit|illustration|courtesy|screenshot)"
        r"(s| credit| by| courtesy| via)?:[^.]{1,80}\W*$|^(show|hide) caption",
        "credit or caption of a picture",
    ),
    _cue(
        "byline",
        r"^(written |words |story |reported |posted |reviewed |edited |review |photos and story |medically "
        r"reviewed |fact[- ]checked )?by\b[ :—-]*(\S+ ){0,14}\S*$",
        "names who wrote it",
        max_words=16,
    ),
    _cue(
        "byline",
        r"\bcontribut(ed|ing) (to this|to the|reporting)|^contribut(ing|ors?)\b|^additional reporting\b"
        r"|^(follow|contact|reach|email|e-mail|write to|find|connect with) .{0,80}(@|\bon (twitter|x|instagram|"
        r"facebook|threads|linkedin|bluesky|mastodon)\b|\bat \S+@)"
        r"|\bis (an?|the|our|[A-Z]\S+[’']s) .{0,80}\b(reporter|writer|editor|columnist|correspondent|journalist|"
        r"contributor|producer|freelancer?|author|blogger|critic|editor-in-chief)\b.{0,40}\b(at|for|with|of|"
        r"from|who|based|covering|specializing|and)\b"
        r"|\b(can be|be) reached at\b",
        "about who wrote it",
        max_words=150,
    ),
    _cue(
        "navigation",
        r"^\W*(skip (to|past)\b.*|(main |site |open |close |toggle |mega |hamburger )*(menu|navigation)"
        r"|home|search( .{0,20})?|log ?(in|out)|sign ?(in|out)|register|my account|close|cancel|more|"
        r"loading|(show|load|see|view|read|learn|hide)( all| more| less| full)+( .{0,30})?|next|prev(ious)?|"
        r"back( to .{0,20})?|go to .{0,20}|follow( us| me)?( on .{0,20})?|stay connected|play( video)?|"
        r"listen( to .{0,20})?|watch( live| now)?|live( tv)?|video|photos?|gallery|slideshow|ok|submit|go|"
        r"updated|published|posted( on)?|last updated|or|and|in|by|read in app|copy( article)? link|"
        r"copied!?|expand|enlarge( image)?|tap to unmute|download( the)?( our)? app|save( this| article)*|"
        r"bookmark|gift( this)?( article)?|\d+ (shares?|likes?|views?|pages? in this article|min(utes?)? read|"
        r"min)|rate (it|this)|jump to .*|table of contents|in this article|opens in .{0,20}|"
        r"(open )?image (in|carousel).{0,20}|\d+ ?[/|] ?\d+|(previous|next) (slide|image|photo).*|"
        r"newsletters?|podcasts?|trending|get (the )?app|subscribe( now)?)\W*$",
        "menu or button of the site",
        max_words=8,
    ),
)

_SHARE_WORDS = frozenset(
    "share save on via by this story article post page with friends to a the and in opens new window"
    " facebook twitter x tweet email e-mail mail print copy link url linkedin whatsapp whats app pinterest pin"
    " pinit reddit tumblr flipboard telegram messenger instagram youtube tiktok snapchat threads sms rss"
    " bluesky mastodon vk viber line fb your feedback leave click show additional options or comment"
    " comments icon hacker news bookmark more plus kindle bookmarks pocket xing".split()
)
_SHARE_ANCHORS = frozenset(
    "share facebook twitter tweet email e-mail mail print linkedin whatsapp pinterest reddit tumblr"
    " flipboard telegram instagram youtube tiktok messenger rss".split()
)
_WORD = re.compile(r"\w+(?:[-'’.]\w+)*")


def find_cue(clean: str, n_words: int, patterns: Sequence[Cue] = ()) -> Cue | None:
    """The first wording of the outlet or of news sites that fits a line."""
    looked_at = clean if len(clean) <= 2 * LOOKED_AT else clean[:LOOKED_AT] + clean[-LOOKED_AT:]
    for cue in (*patterns, *CUES):
        if n_words <= cue.max_words and cue.pattern.search(looked_at):
            return cue
    return _share_bar(looked_at, n_words)


SHARE_BAR = Cue("navigation", re.compile(""), "share buttons")


def _share_bar(clean: str, n_words: int) -> Cue | None:
    words = {word.lower() for word in _WORD.findall(clean)}
    if n_words <= 14 and words <= _SHARE_WORDS and words & _SHARE_ANCHORS:
        return SHARE_BAR
    return None
