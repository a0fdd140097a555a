"""Classes of words that attribute, after the groups of VerbNet and FrameNet.

They help the model with a verb it has seldom or never met: Levin (1993) and
Kipper et al. (2008) group verbs that take the same arguments.
"""

from __future__ import annotations

_VERBS = {
    "say": """
        say tell state announce declare report write tweet post note add remark comment mention
        observe reply respond answer explain recall recount reiterate repeat stress emphasize
        emphasise underline underscore highlight describe disclose reveal divulge inform notify
        brief testify whisper shout yell chant joke quip muse proclaim pronounce relate convey
        communicate publish broadcast detail outline articulate sum summarize read quote cite
        reference paraphrase echo continue conclude begin interject retort counter chime confide
        preach lecture recite blog email text post retweet clarify elaborate
    """,
    "claim": """
        claim allege assert argue contend maintain insist affirm aver avow boast brag hint imply
        suggest indicate signal speculate predict forecast project estimate reason posit theorize
        hypothesize swear attest vouch confess admit acknowledge concede grant confirm deny
        dispute refute rebut contradict disavow
    """,
    "think": """
        think believe know feel suppose assume presume reckon suspect doubt wonder consider regard
        view see deem judge perceive understand realize realise recognize recognise remember forget
        imagine envision expect anticipate foresee hope wish fear worry dread regret conclude figure
        guess agree disagree accept learn hear find discover determine decide
    """,
    "want": """
        want desire need seek aim intend plan hope aspire long prefer choose resolve determine
        vow pledge promise swear guarantee commit threaten offer propose volunteer undertake
        refuse decline agree consent
    """,
    "order": """
        order command direct instruct demand require request ask urge beg plead implore beseech
        exhort encourage advise recommend counsel invite persuade convince press push lobby
        petition appeal call warn caution remind admonish forbid prohibit ban authorize permit
    """,
    "judge": """
        blame accuse criticize criticise condemn denounce attack blast slam bash rip mock ridicule
        deride dismiss reject decry deplore lambaste rebuke reprimand scold chastise castigate
        censure fault charge indict assail berate belittle disparage rail insult taunt knock
        praise laud applaud hail commend congratulate celebrate thank salute compliment endorse
        support back defend oppose favor favour welcome embrace champion advocate promote tout
        label brand call dub term describe characterize characterise portray paint depict cast
        liken compare treat
    """,
    "ask": "ask question wonder inquire enquire query quiz interrogate probe grill",
    "find": """
        show find indicate suggest reveal demonstrate prove document record establish conclude
        determine discover estimate project measure examine investigate explore study survey rate
        rank poll
    """,
    "speak": """
        speak talk discuss debate argue converse chat complain grumble moan gripe lament bemoan
        protest object apologize apologise gloat rant rave joke lie address touch dwell expound
        weigh opine sing campaign rally testify lash
    """,
    "appear": "seem appear look sound",
}

_NOUNS = {
    "saying": """
        statement comment remark announcement declaration claim assertion allegation accusation
        charge argument contention suggestion hint implication admission acknowledgment confession
        denial response answer reply question query quote word speech address testimony report
        account story article column editorial letter memo tweet post interview note message
        warning threat caution criticism attack condemnation complaint praise endorsement
        description explanation mention reference rumor rumour news
    """,
    "stance": """
        belief view opinion idea thought notion theory conviction assumption expectation hope fear
        worry concern doubt suspicion feeling sense judgment judgement conclusion assessment
        estimate prediction forecast projection position stance attitude desire wish intention
        plan proposal promise pledge vow commitment offer decision determination resolve call
        demand request appeal order recommendation advice support opposition objection protest
        agreement consensus understanding recognition interpretation perception
    """,
}

_ADJECTIVES = {
    "stance": """
        sure unsure certain uncertain confident convinced clear unclear aware unaware mindful
        hopeful optimistic pessimistic skeptical sceptical doubtful wary cautious adamant vocal
        happy glad pleased proud grateful sorry sad angry furious upset outraged frustrated
        disappointed concerned worried afraid fearful anxious nervous alarmed shocked surprised
        willing unwilling ready eager reluctant hesitant determined intent committed opposed
        supportive critical dismissive silent mum coy evasive bullish bearish
    """,
    "appearing": "likely unlikely possible apparent obvious evident known true plain",
}


def _by_word(groups: dict[str, str]) -> dict[str, tuple[str, ...]]:
    words = sorted({word for text in groups.values() for word in text.split()})
    return {word: tuple(name for name in groups if word in groups[name].split()) for word in words}


#: The classes of each verb, noun and adjective by its base form.
VERB_CLASSES = _by_word(_VERBS)
NOUN_CLASSES = _by_word(_NOUNS)
ADJECTIVE_CLASSES = _by_word(_ADJECTIVES)
