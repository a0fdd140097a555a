"""Invented names of eight origins, in short reports of invented outlets.

Two halves that share neither names nor reports: the rules were mended on the first and then
measured once on the second.
"""

import random
from collections.abc import Iterator
from typing import NamedTuple

from analysis_utils.own_study.reading import Text


class Half(NamedTuple):
    """First names and surnames by origin, and reports: for each its two outlets' paragraphs."""

    names: dict[str, tuple[str, str]]
    reports: list[tuple[tuple[str, ...], tuple[str, ...]]]
    seed: int


class Case(NamedTuple):
    """A person, by which name alone news calls her or him, and what two outlets tell."""

    origin: str
    full: str
    surname: str
    texts: list[Text]


MENDING = Half(
    {
        "Anglo": (
            "Martin Claire Wesley Joan Trevor Harriet Dale",
            "Hale Petrie Ashdown Crowther Tilbury Marwood Lockyer",
        ),
        "African": (
            "Nneka Kwabena Thandiwe Chidi Amina Tendai Wanjiru",
            "Okafor Mensah Dlamini Eze Diallo Moyo Kamau",
        ),
        "Indian": (
            "Priya Rakesh Sunita Arvind Lakshmi Harpreet Vikram",
            "Raghunathan Chaudhary Deshpande Iyer Banerjee Gill Malhotra",
        ),
        "Hispanic": (
            "Ximena Joaquín Marisol Esteban Lucía Ignacio Paloma",
            "Zamora Quintanilla Arce Villalobos Echeverría Peralta Montoya",
        ),
        "Arabic": (
            "Layla Tariq Samira Yousef Nadia Khalil Rania",
            "Haddad al-Masri Benali Khoury Al-Jabri Nasser Mansour",
        ),
        "East Asian": (
            "Mei Kenji Soo-jin Hiroshi Linh Weimin Yuki",
            "Tanaka Zhao Hwang Kobayashi Tran Liang Morimoto",
        ),
        "Slavic": (
            "Oksana Miroslav Jadwiga Bogdan Svetlana Zdenek Ivana",
            "Kowalczyk Petrenko Novotny Zhukova Horvat Wisniewski Dragić",
        ),
        "Nordic and German": (
            "Ingrid Torsten Annika Lars Friederike Sigurd Ursula",
            "Lindqvist Haugen Baumgartner Søndergaard Vogel Rasmussen von der Heide",
        ),
    },
    [
        (
            (
                "A passenger ferry ran aground near Port Ellan on Tuesday, hurting 43 people.",
                "“This was an accident waiting to happen,” said {full}, the harbour commissioner."
                " “We warned Isles Ferries twice.”",
                "{surname} had written two letters to the company in the spring, {they} said.",
            ),
            (
                "Isles Ferries was told of the danger in two letters from harbour commissioner"
                " {full}, who demanded a reply within ten days.",
                "None came, {surname} told the paper. Isles Ferries denied that it had been slow.",
            ),
        ),
        (
            (
                "Residents of Westmoor spoke of a night without sleep after the flood.",
                "“Nobody told us what to do,” said {full}, 54, whose kitchen was under water.",
                "{surname} carried two children to the school. The council opened it at midnight.",
            ),
            (
                "The river rose by a metre in an hour. {full} watched it from the roof.",
                "“I counted the cars,” {surname} said. The council said help was on its way.",
            ),
        ),
        (
            (
                "{full} scored twice as Harbour Rovers beat Milton City on Saturday.",
                "{surname} took the first chance after ten minutes. {They} has now scored in six"
                " games. Harbour Rovers are third.",
            ),
            (
                "Harbour Rovers won again, and again it was {full}.",
                "In the second half {surname} was taken off. Milton City had no answer.",
            ),
        ),
        (
            (
                "The bakery chain Loaf and Co will close forty shops, its chief executive {full}"
                " told staff on Monday.",
                "Ms. {surname} blamed the price of flour. The bakers' union called it a disgrace.",
            ),
            (
                "Loaf and Co is to close forty shops. {full} wrote to staff that there was no"
                " other way.",
                "In a call with banks, {surname} said that the worst was over.",
            ),
        ),
        (
            (
                "A court in Larne heard on Friday that {full} had sold the land for half its"
                " worth.",
                "{surname} denies the charge. The trial goes on. {They} could go to prison.",
            ),
            (
                "Prosecutors called three witnesses against {full} on Friday.",
                "A clerk told the court that {surname} had signed the papers.",
            ),
        ),
        (
            (
                "The city council voted by nine to six for the tram, and {full} left the room.",
                "This was a bad day for the town, {surname} told reporters outside.",
            ),
            (
                "Nine members of the city council voted for the tram. {full} did not.",
                "“It will never be built,” {surname} said, and took the bus home.",
            ),
        ),
        (
            (
                "Scientists at the Northern Institute have found a new moss, they report.",
                "Professor {full} found it on a wall. “It was just there,” {surname} says.",
            ),
            (
                "A wall behind the Northern Institute has a moss that nobody knew.",
                "{full} leads the team. For {surname}, it is the third find in a year.",
            ),
        ),
    ],
    20,
)

MEASURING = Half(
    {
        "Anglo": (
            "Gareth Phoebe Leland Maureen Clifton Beatrice Roy",
            "Thornbury Wainscott Pell Ockenden Brearley Kettle Stanhope",
        ),
        "African": (
            "Folasade Kofi Zanele Obinna Mariam Tafadzwa Achieng",
            "Adeyemi Asante Nkosi Onwuka Traoré Chikwanha Odhiambo",
        ),
        "Indian": (
            "Meenakshi Suresh Kavita Jagdish Ananya Gurmeet Rohan",
            "Venkatesan Trivedi Kulkarni Nambiar Mukherjee Dhaliwal Kapadia",
        ),
        "Hispanic": (
            "Yolanda Rigoberto Itzel Fermín Graciela Anselmo Noemí",
            "Barragán Cifuentes Olivares Saldívar Uribe Betancourt Lizárraga",
        ),
        "Arabic": (
            "Huda Bilal Noura Mahmoud Dalia Faisal Zeinab",
            "Sabbagh al-Rashidi Boumediene Tannous Al-Harbi Qasim Shaheen",
        ),
        "East Asian": (
            "Xiaoling Takeshi Min-jung Daisuke Thuy Guozhi Haruka",
            "Nakagawa Feng Seo Ishikawa Nguyen Qiu Matsuda",
        ),
        "Slavic": (
            "Halyna Dragan Bozena Igor Ludmila Radek Vesna",
            "Shevchuk Jankovic Mazurek Sorokina Babić Dvorak Todorova",
        ),
        "Nordic and German": (
            "Solveig Dieter Maja Anders Gudrun Eskil Margarethe",
            "Bergström Dahl Zimmermann Kjær Hofstetter Nilsen van der Linden",
        ),
    },
    [
        (
            (
                "Fire broke out in a paper mill at Oldbridge early on Thursday.",
                "Fire chief {full} said that 60 firefighters had fought it all night.",
                "“The roof went first,” said {surname}. Oldbridge Paper said nobody was hurt.",
            ),
            (
                "A fire has destroyed the mill of Oldbridge Paper.",
                "“I have never seen such heat,” {full} said. The cause is not known.",
                "According to {surname}, the sprinklers did not work.",
            ),
        ),
        (
            (
                "Teachers across the county walked out on Wednesday over pay.",
                "{full}, a mathematics teacher, carried a sign. {They} earns less than in 2010.",
                "The education board said it could not pay more. {surname} called that a lie.",
            ),
            (
                "Half of the county's schools were closed. The education board blamed the union.",
                "“We are tired,” said {full}. At noon, {surname} spoke to the crowd.",
            ),
        ),
        (
            (
                "The novel that won the Calder Prize was written at night, on trains.",
                "Its author, {full}, 38, drives a bus. {surname} heard the news at a stop.",
            ),
            (
                "{full} has won the Calder Prize for a first novel.",
                "When the jury called, {surname} was at work. The jury praised the book's humour.",
            ),
        ),
        (
            (
                "Parliament will look into the sale of the port, the speaker said on Monday.",
                "Opposition leader {full} accused the cabinet of hiding the price.",
                "“Show us the contract,” {surname} said. Parliament meets again on Thursday.",
            ),
            (
                "After weeks of silence the cabinet has to answer to parliament.",
                "It was {full} who had asked for the inquiry. {They} has asked three times.",
                "Last week {surname} was told to wait. The cabinet had no comment.",
            ),
        ),
        (
            (
                "Doctors at Saint Anne Hospital removed the wrong kidney, a report says.",
                "Mr. {surname} woke up and knew at once, a nurse recalled. {full} is now at home.",
            ),
            (
                "Saint Anne Hospital has apologised to {full}, whose healthy kidney was removed.",
                "The hospital has offered {surname} money. A lawyer said that it was too little.",
            ),
        ),
        (
            (
                "Two climbers were brought down from Mount Carrow by helicopter on Sunday.",
                "{full} had lost a glove. In the storm, {surname} waited for eleven hours.",
                "The mountain rescue said the two had been lucky.",
            ),
            (
                "The mountain rescue flew twice to Mount Carrow on Sunday.",
                "First it found {full}. {surname} was cold but unhurt.",
            ),
        ),
        (
            (
                "The start-up Brightwell has laid off a third of its workers.",
                "Its founder, {full}, announced this in a video. {surname} did not take questions.",
            ),
            (
                "“I am sorry,” {full} said in a video to the workers of Brightwell.",
                "Yet {surname} had promised in May that nobody would go. Brightwell makes lamps.",
            ),
        ),
    ],
    21,
)


def cases(half: Half) -> Iterator[Case]:
    """Seven persons of each origin, every report with each origin once."""
    chance = random.Random(half.seed)
    for origin, (firsts, lasts) in half.names.items():
        last_names = _surnames(lasts)
        reports = list(half.reports)
        chance.shuffle(reports)
        chance.shuffle(last_names)
        for first, last, report in zip(firsts.split(), last_names, reports, strict=True):
            they = chance.choice(("he", "she"))
            told = {"full": f"{first} {last}", "they": they, "They": they.capitalize()}
            texts = [
                Text(outlet, outlet, "", tuple(line.format(surname=last, **told) for line in lines))
                for outlet, lines in zip(("Bay Post", "Hill Times"), report, strict=True)
            ]
            yield Case(origin, told["full"], last, texts)


def _surnames(lasts: str) -> list[str]:
    """Surnames apart, of which some have small words before them."""
    found: list[str] = []
    for word in lasts.split():
        if found and found[-1].split()[-1] in ("von", "van", "der"):
            found[-1] += f" {word}"
        else:
            found.append(word)
    return found
