"""The words on these pages, each with what it means."""

from __future__ import annotations

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from loops.ui import look
from loops.ui.text import ASSUMPTIONS

WORDS = {
    "The diagram": {
        "Box": "Something that can grow or shrink here, such as trust between partners.",
        "Arrow": "What is at its tail changes what is at its point.",
        "+": "More leads to more, and less leads to less.",
        "\u2212": "More leads to less, and less leads to more.",
        "Two bars across an arrow": "It takes time: months pass before it is felt.",
        "Critical mass": "Some arrows hardly act until enough is there at their tail, and then act strongly.",
        "Bar in a box": "How far what is in the box has come: the longer the bar and the deeper the colour.",
        "Pointer on a box": "There is more of it than if nothing new is done (up), or less (down).",
        "Loop": "Arrows that lead back to where they began, so that a change comes round again.",
        "Snowball (R)": "A loop in which a change feeds on itself: more brings more, less brings less.",
        "Ring": "Marks a loop with its letter, and turns the way the loop does.",
        "Small map": "Where the boxes that are drawn stand among all the boxes.",
        "Brake (B)": "A loop in which a change is held back. It describes circumstances and blames nobody.",
        "Story": "A walk through the diagram, picture by picture, that ends with a question to the room.",
    },
    "Change the diagram": {
        "Draft": (
            "The diagram as you have changed it, on every page and for you alone until you save it. What it "
            "began from stays as it was."
        ),
        "Weak, moderate, strong": (
            "How fast an arrow acts by itself: half of the way in more than three years, in one to three, "
            "or in less than one."
        ),
        "Worth a look": "What seems unfinished or unlikely in a diagram. It runs all the same.",
    },
    "How far something has come": {
        "Not yet, a little, partly, mostly, fully": (
            "How much of what is possible is there. "
            "The question mark beside a chart says what “fully” looks like. "
            "Figures run from 0 (not yet) to 1 (fully) and are rounded to 0.05."
        ),
        "If nothing new is done": "No lever is moved, and circumstances stay. Plans are set beside this.",
        "Against a plan": (
            "How far each line is above or below the line of that plan: about the same, slightly, clearly or "
            "far higher or lower."
        ),
    },
    "Which loop leads": {
        "Small push": (
            "Something is held a little higher than it would be. How much of that comes back after one time "
            "round a loop says how strong the loop is just then."
        ),
        "Dies out, grows": (
            "If less than all of a push comes back, it is smaller each time round. If more does, it grows."
        ),
        "Leads": (
            "Gives back most of a small push. Another loop takes the lead once it has been stronger for "
            "three months, so that the story does not flicker."
        ),
        "Turned round": "What a brake gives back: a push up comes back as a push down.",
        "Share of the movement": (
            "How much of the change in how things move comes by way of a loop. Another question than how "
            "much of a push comes back, and often another answer."
        ),
        "Built into every box": "What is nearly full fills more slowly, and what is there fades.",
    },
    "What we do, and what happens around us": {
        "Lever": "Something the team can do more or less of. 100% is the effort of the hours in its note.",
        "Plan, or scenario": "Which levers are on, how much, and when.",
        "Circumstances": "How things are around us. Nobody here controls them.",
        "Calendar": "In which months each lever is on, and how much. Month 0 is the first month.",
        "Event": "A circumstance that is different for some months. It happens to every plan alike.",
        "Hours": "What the levers ask of us and of one partner. They are our assumptions.",
        "Hours there are": "What we, or the partner, have time for in a month. You enter them yourselves.",
    },
    "Where a plan acts": {
        "Why here": (
            "How we know that something acts there: a source says so, it follows from what one says, or it "
            "is our own reading. Of several things in one place the least sure is said."
        ),
        "Would add": (
            "A plan is run with something and without it, in many versions of our assumptions. In eight of "
            "ten it adds as much as is said: hardly anything, a little, quite a lot or a great deal."
        ),
        "First month, what must have begun before": (
            "When something can be done at the earliest, and what it builds on."
        ),
        "Pounds, once": "What something costs when it is first done, besides hours. It is our assumption.",
    },
    "Does it last?": {
        "Keeps going without us": (
            "When every lever is off for good, things come to rest clearly above where they rest if nothing "
            "new is done."
        ),
        "Fades": "What was gained is lost again, quickly or so slowly that it looks like success for years.",
        "Place of rest": "Where things stay by themselves, and come back to after a small push.",
        "Comes anyway": "It rises for good with the plan, and would if nothing new were done.",
        "It tips": "Just above this it grows by itself, and just below it shrinks.",
        "What the system gives back": (
            "If one thing were held where it is and everything else had time to settle, how far everything "
            "else would carry it. More than where it is held: it grows by itself."
        ),
        "Likely, unlikely": (
            "Many versions of our assumptions are tried. It is likely if it lasts in at least three of four, "
            "unlikely in fewer than one of four, and could go either way between."
        ),
        "Version of our assumptions": (
            "The same diagram with every number (strengths, rates, thresholds) a little different."
        ),
    },
    "Does our theory hold?": {
        "What we think happens": (
            "One sentence about for whom, in what circumstances, what we bring, how people respond and what "
            "follows. Two plans are run in every version to see whether it does."
        ),
        "Supported, partly, not supported": (
            "It holds in at least 9 of 10 versions, in at least half, in fewer. What is not supported may "
            "still be true: then our assumptions lack something."
        ),
        "Guesses nearly right, some way off, far off": (
            "How much the numbers differ from version to version. What a source states varies least, and "
            "what we assumed varies most. Far off, some are half as much or twice as much."
        ),
        "Seed": "The number from which the versions are made. The same seed gives the same versions.",
        "How much the answer depends on this": (
            "The share of the differences between versions that comes from this guess, alone or together "
            "with others."
        ),
        "Band": "One in ten versions lies below it and one in ten above. The line is in the middle.",
        "Worth a look": "Much of the doubt comes from this arrow, and no source states all of it.",
        "What was seen": (
            "Things observed, each with its date and source. They stand beside what our assumptions say, and "
            "the two are never made into one figure."
        ),
        "Another theory": (
            "The same boxes with some arrows gone, turned round, opposite, stronger or new. It is tried in "
            "the same versions."
        ),
        "More consistent": (
            "In more versions it shows what was seen. It is not proved by that: it needs less luck with its "
            "guesses."
        ),
    },
    "Imagine a place, and work back from the goal": {
        "Utopia": "A place as it would be at its best, imagined by those who know it, at several tables.",
        "Influencer matrix": (
            "Where something acts (for one person, between people, in the surroundings) and for whom. It "
            "shows at a glance where nothing is done yet."
        ),
        "Essential": "What should not be missing in such a place. It is proposed if nobody has named it.",
        "Charter": "The list, what was promised, who and by when, on a page to sign and pin to the wall.",
        "Gets there": (
            "What is wanted is there by the month that was asked for, and still there after the work has "
            "stopped, as long as was asked for."
        ),
        "Sure enough": "The plan gets there in at least three of four versions of our assumptions.",
        "Cheapest": (
            "Of the plans that are sure enough the one that takes the fewest hours, ours and the partner’s, "
            "where £25 stand for an hour. No search can promise that there is no cheaper one."
        ),
    },
    "Partners: where they are": {
        "Partner": (
            "Whoever we work with, such as a surgery, a council team or a charity, or a workstream of our "
            "own. What is said of it stays in the shared space, and its name leaves it only when ticked."
        ),
        "Rating": (
            "What somebody said of one box on one day, in one of five words, and whom they spoke as. Each is "
            "kept beside the others. “Don’t know” is an answer, too, and is not taken for half-way."
        ),
        "Word at a box, slanted lines": (
            "What people said of it, all roles together; “not yet to mostly” where roles see it very "
            "differently. Slanted lines: nobody who was asked knows. Without a word nobody was asked."
        ),
        "Missing first, in the way first": (
            "Back along the arrows from what we want, the box in which the way ends: it is needed and at "
            "most a little there, or it is in the way and at least partly there. It is read from the diagram "
            "and the ratings, and describes what is missing, not who."
        ),
        "From here": (
            "Every version of our assumptions starts where the ratings say that the partner is. What nobody "
            "has rated starts where that version has it when the rest is as it was rated."
        ),
        "Expected and happened": (
            "What follows from what we chose to do is kept, and held against what people say later. Where "
            "the two differ, our assumptions have something to learn."
        ),
        "Ruled out, left": (
            "A version of our assumptions that comes out far from what people said is ruled out. Those that "
            "are left can have led to it, and may still be wrong."
        ),
        "Could not be told apart": (
            "Two guesses of which the ratings only say how they go together: one is high where the other is "
            "low."
        ),
        "Path, as far as": (
            "The path is the boxes that the diagram opens with. A workstream has got as far as the last of "
            "them up to which each is at least partly there in more than half of its partners."
        ),
        "Further along, less far": (
            "In how many partners more boxes of the path in a row, or fewer, are at least partly there than "
            "on the day that is compared with. Only boxes known on both days count."
        ),
        "Nobody can be told apart": (
            "Numbers are only told as more than half or not, workstreams of fewer than five partners are "
            "put together with others, and what people wrote is left out."
        ),
    },
    "What we keep": {
        "Kept plan": "A plan with its circumstances, as it was when it was kept. Later changes leave it.",
        "Link": "Opens the view it was copied from, on any screen. What was changed since is not in it.",
        "Shared space": (
            "Where a team keeps its meetings, notes and votes. Only those who have its link can open it, "
            "and there is no list of spaces: save the link."
        ),
    },
    "In a meeting or a workshop": {
        "Show of hands": "What the room expects, counted before it sees what follows from our assumptions.",
        "Pale line": "The plan as it was before the change that is tried.",
        "Decision record": (
            "What we do, who does it, by when, what we expect to see, and what would change our mind. "
            "The next meeting opens with it."
        ),
        "Vote on an arrow": (
            "Is it true here? Yes, no, or it depends. Each votes on a screen of their own. How they voted "
            "shows only when all have, or when the vote is ended."
        ),
        "Dark label on the diagram": "How a vote on an arrow went, or how many things were said there.",
        "Role": "Whom somebody speaks as, such as a nurse or a council officer.",
    },
    "How sure we are": {
        "Stated": "A source says in its own words that the arrow is there.",
        "Inferred": "It follows from what a source says.",
        "Assumed": "No source says so: it is our assumption.",
        "Contested": "There are words that point each way.",
    },
}


def page() -> StreamlitPage:
    """The page as the navigation knows it."""
    return st.Page(show, title="Words", url_path="words")


def show() -> None:
    """Draw the page."""
    look.begin("Words")
    st.markdown(f"**{ASSUMPTIONS}**")
    for heading, words in WORDS.items():
        st.subheader(heading, anchor=False)
        st.markdown("\n".join(f"- **{_mark(word)}**: {meaning}" for word, meaning in words.items()))


def _mark(word: str) -> str:
    return "\\+" if word == "+" else word
