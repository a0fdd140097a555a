"""Word lists for who does what: nouns that name an act, verbs that steer an infinitive.

General English, in classes that grammars describe; open to edit.  Sources: nouns that name
acts and shell nouns after Macleod et al. (1998, NOMLEX) and Schmid (2000); control after
Huddleston and Pullum (2002, chapter 14); relational verbs after Halliday (1985, chapter 5).
"""

from __future__ import annotations

import calendar


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _pairs(text: str) -> dict[str, str]:
    return dict(pair.split(":") for pair in text.split())


#: Nouns that name what somebody did, each with the verb for doing it.
ACT_NOUNS = _pairs(
    """
    abduction:abduct abuse:abuse accord:agree accusation:accuse action:act aggression:attack
    agreement:agree allegation:allege announcement:announce annexation:annex apology:apologize
    appeal:appeal approval:approve arrest:arrest assault:assault attack:attack attempt:attempt
    ban:ban bid:bid bill:propose blockade:blockade bombing:bomb boycott:boycott breach:breach
    call:call campaign:campaign charge:charge choice:choose claim:claim
    comment:comment complaint:complain concession:concede condemnation:condemn criticism:criticize
    crackdown:crack decision:decide declaration:declare decree:decree demand:demand denial:deny
    deployment:deploy designation:designate directive:direct dismissal:dismiss effort:try
    embargo:embargo endorsement:endorse exit:exit expulsion:expel gesture:gesture halt:halt
    initiative:initiate intervention:intervene invasion:invade investigation:investigate
    invitation:invite killing:kill law:legislate lawsuit:sue measure:act move:move murder:murder
    nomination:nominate offensive:attack offer:offer operation:operate opposition:oppose
    order:order penalty:punish petition:petition plan:plan pledge:pledge plot:plot policy:decide
    praise:praise proposal:propose promise:promise prosecution:prosecute protest:protest
    provocation:provoke punishment:punish raid:raid refusal:refuse rejection:reject report:report
    request:request resolution:resolve response:respond retaliation:retaliate reversal:reverse
    ruling:rule sale:sell sanction:sanction seizure:seize shutdown:shut speech:speak
    statement:state step:act strike:strike suit:sue support:support surrender:surrender
    suspension:suspend tariff:tax theft:steal threat:threaten treatment:treat tweet:tweet veto:veto
    verdict:judge vote:vote walkout:walk warning:warn withdrawal:withdraw
    """
)

#: Nouns of will and ability: who has them does what their infinitive says.
WILL_NOUNS = _set(
    """
    ability aim attempt authority bid capacity chance desire duty effort freedom goal hope intent
    intention need obligation opportunity option power readiness right will willingness
    """
)

#: Act nouns whose "of" names the one it is done to: "the arrest of X".
DONE_TO_OF = _set(
    """
    abduction abuse annexation approval arrest ban blockade bombing boycott breach condemnation
    criticism denial deployment designation dismissal embargo endorsement expulsion invasion
    investigation killing murder nomination praise prosecution punishment rejection reversal sale
    seizure suspension theft treatment
    """
)

#: Act nouns whose infinitive is for somebody else to do: "the call to resign".
ADDRESSED = _set(
    """
    appeal call demand directive invitation order petition request
    """
)

#: Shell nouns: "the decision" can take up any decisive act told before.
SHELL_NOUNS = _set(
    """
    action choice decision gesture initiative measure move step
    """
)

#: Act nouns that settle something, so that "the decision" may mean them.
DECISIVE_NOUNS = SHELL_NOUNS | _set(
    """
    ban bill boycott call decree demand directive embargo expulsion invasion law order policy
    refusal rejection resolution reversal ruling sanction seizure shutdown suspension tariff
    verdict veto vote withdrawal
    """
)

#: Verbs that settle something.
DECISIVE_VERBS = _set(
    """
    abandon ban boycott cancel decide decree dismiss expel forbid halt impose order outlaw overrule
    refuse reject rule sanction suspend veto vote withdraw
    """
)

#: Verbs that bring the act into being that their object names: "passed a resolution".
PERFORMING = _set(
    """
    adopt announce approve carry declare deliver enact file give have hold impose introduce issue
    launch make mount offer pass post present publish put reach release send sign stage take table
    unveil
    """
)

#: Nouns for people and bodies that stand for the whole: "the country's agencies".
BODY_NOUNS = _set(
    """
    administration agency ambassador army authority board cabinet command court delegation
    department deputy diplomat director envoy executive force government jet lawmaker leadership
    lawyer management member military minister ministry navy negotiator office officer official
    parliament police policymaker politician regime regulator representative senate senator service
    side soldier spokesman spokesperson spokeswoman staff state team tank troop unit warship
    """
)

#: Those that stand for a person too: "the X administration".
PERSONAL_BODIES = _set(
    """
    administration cabinet camp government team
    """
)

#: Verbs whose object does what the infinitive says, as something asked or forced.
REQUIRING = _set(
    """
    advise ask beg call command compel direct encourage force instruct oblige order persuade press
    pressure push request require tell urge want warn
    """
)

#: Verbs whose subject, not object, does what the infinitive says.
SUBJECT_CONTROL = _set(
    """
    promise threaten use vow
    """
)

#: Verbs and adjectives of plan and wish: what they lead to has not happened.
PLANNING = _set(
    """
    able agree aim anxious attempt bid eager consider decide desire determine determined due expect
    hope intend keen likely mean move need offer plan pledge prepare prepared promise propose ready
    seek set threaten try unlikely vow want willing wish
    """
)

#: Verbs and phrases that deny what they lead to.
REFUSING = _set(
    """
    avoid cease decline fail forget halt neglect quit refuse stop
    """
)

#: Verbs that keep their object from what follows "from".
PREVENTING = _set(
    """
    ban bar block deter discourage hinder keep prevent prohibit stop
    """
)

#: Verbs that charge their object with what follows "of", "for", "with" or "over".
CHARGING = _set(
    """
    accuse blame castigate charge chide condemn convict criticise criticize denounce fault slam
    suspect
    """
)

#: Verbs that credit their object with what follows.
CREDITING = _set(
    """
    acquit applaud commend congratulate forgive praise thank
    """
)

#: Verbs whose subject does what follows the preposition.
OWNING_UP = _set(
    """
    admit apologise apologize confess insist persist refrain succeed
    """
)

#: Nouns of accounting for an act: "explanations on passing it", "the apology for leaving".
ACCOUNTS = _set(
    """
    apology blame credit excuse explanation reason responsibility
    """
)

#: Prepositions that tie an act to the subject of the clause: "after leaving".
ADVERBIAL = _set(
    """
    after before besides by despite since through upon while without
    """
)

#: What an act is or when it occurs, not what it does.
RELATIONAL = _set(
    """
    begin belong come concern consist constitute contain cost depend end equal exist expire follow
    happen have include involve last mean occur precede reflect relate remain represent resemble
    seem start take
    """
)

#: Verbs that nobody does to what is his own.
HOSTILE = _set(
    """
    accuse attack ban blacklist blame block bomb boycott condemn confiscate criticise criticize
    denounce expel forbid invade outlaw prohibit punish raid sanction seize strike sue target
    """
)

#: Verbs of motion, whose "to" and "from" name a place; nouns of motion likewise.
MOTION = _set(
    """
    arrive come depart drive flee fly flight go head journey leave move return sail travel trip
    visit walk
    """
)

#: Prepositions that name a place, a time, a cause or a likeness, not whom an act touches.
CIRCUMSTANCE = _set(
    """
    according across after amid around as at because before behind beside despite due during
    following in inside like near next outside since than through throughout under unlike until via
    while within without
    """
)

#: Verbs whose passive says nothing of an act.
NO_ACT_PASSIVES = _set(
    """
    base bear locate suppose
    """
)

#: Participles of a state of mind, each with its verb.
STATES_OF_MIND = _pairs(
    """
    alarmed:alarm annoyed:annoy astonished:astonish concerned:concern convinced:convince
    disappointed:disappoint dismayed:dismay encouraged:encourage frightened:frighten
    outraged:outrage persuaded:persuade pleased:please relieved:relieve saddened:sadden
    satisfied:satisfy shocked:shock surprised:surprise troubled:trouble worried:worry
    """
)

#: Adjectives whose infinitive lacks an object, not a subject: "hard to beat".
TOUGH = _set(
    """
    difficult easy hard impossible tough
    """
)

#: Verbs that give their object a label: "called it brave", "dismissed it as a stunt".
NAMING = _set(
    """
    brand call characterise characterize condemn consider criticise criticize declare decry deem
    denounce depict describe dismiss dub find hail identify label name paint perceive portray
    praise present recognise recognize regard ridicule see slam style term treat view
    """
)

#: Verbs that say what their subject is a sign of: "it shows disrespect".
SHOWING = _set(
    """
    betray constitute convey demonstrate display express indicate mean prove reflect represent
    reveal show signal signify
    """
)

#: Verbs of being and seeming, which say what their subject is and tell no act.
BEING = _set(
    """
    appear be become remain seem
    """
)

#: Verbs of seeming: what follows is how it looks, not what is told as done.
SEEMING = _set(
    """
    appear seem
    """
)

#: Verbs whose passive gives hearsay: "is said to have left", "it was thought that".
HEARSAY = _set(
    """
    allege assume believe claim consider deem fear presume report repute rumor rumour say suppose
    suspect think understand
    """
)

#: Adverbs of seeming and hearsay.
APPARENTLY = _set(
    """
    allegedly apparently ostensibly presumably purportedly reportedly seemingly supposedly
    """
)

#: Raising verbs that tell no act of their own: "tends to win", "happened to meet".
RAISING = _set(
    """
    chance happen tend
    """
)

#: Titles of mere courtesy, which say nothing about whom they stand before.
COURTESY_TITLES = _set(
    """
    dr madam messrs miss mister mr mrs ms mx
    """
)

#: Nouns of time, which no act touches.
TIMES = _set(
    """
    afternoon century day decade evening fall hour minute moment month morning night period spring
    summer time today tomorrow week weekend winter year yesterday
    """
)

#: Names of months and days of the week.
DAYS = frozenset((*calendar.month_name[1:], *calendar.day_name))

#: Nouns that say how much there is of another: "a lack of respect".
MEASURES = _set(
    """
    act bit kind lack lot number piece range series sign sort
    """
)
