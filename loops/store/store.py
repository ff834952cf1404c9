"""The store: everything that can be kept and found again, as methods of one database."""

from __future__ import annotations

from loops.store import (
    action,
    course,
    erase,
    hands,
    idea,
    intake,
    item,
    ledger,
    meeting,
    note,
    observations,
    partner,
    rating,
    snapshot,
    tables,
    transfer,
    utopia,
    vote,
    workspaces,
)
from loops.store.database import Database
from loops.store.records import (
    Action,
    Commitment,
    Course,
    Decision,
    Idea,
    Item,
    Meeting,
    Note,
    Observation,
    Partner,
    Rating,
    ShowOfHands,
    Snapshot,
    Utopia,
)
from loops.store.rows import marked

Deletable = (
    Snapshot
    | Meeting
    | Decision
    | ShowOfHands
    | Note
    | Observation
    | Utopia
    | Idea
    | Item
    | Commitment
    | Partner
    | Rating
    | Action
    | Course
)
_TABLES = {
    Snapshot: tables.snapshots,
    Meeting: tables.meetings,
    Decision: tables.decisions,
    ShowOfHands: tables.hands,
    Note: tables.notes,
    Observation: tables.observations,
    Utopia: tables.utopias,
    Idea: tables.ideas,
    Item: tables.items,
    Commitment: tables.commitments,
    Partner: tables.partners,
    Rating: tables.ratings,
    Action: tables.actions,
    Course: tables.courses,
}


class Store(Database):
    """Saved work. Each method is one transaction, and is documented where its function is.

    All but :meth:`open`, :meth:`create_workspace` and :meth:`import_workspace` take the token of a
    workspace first. All raise :class:`loops.store.StoreProblem`, with one plain sentence.
    """

    create_workspace = workspaces.create_workspace
    workspace = workspaces.workspace
    new_links = workspaces.new_links

    save_snapshot = snapshot.save_snapshot
    snapshots = snapshot.snapshots

    start_meeting = meeting.start_meeting
    meetings = meeting.meetings
    end_meeting = meeting.end_meeting
    save_decision = meeting.save_decision
    decisions = meeting.decisions

    save_show_of_hands = hands.save_show_of_hands
    shows_of_hands = hands.shows_of_hands

    add_note = note.add_note
    edit_note = note.edit_note
    notes = note.notes
    note_history = note.note_history

    add_observation = observations.add_observation
    edit_observation = observations.edit_observation
    observation_history = observations.observation_history
    observations = observations.observations_of
    import_observations = ledger.import_observations
    new_observations = ledger.new_entries
    export_observations = ledger.export_observations

    open_round = vote.open_round
    close_round = vote.close_round
    rounds = vote.rounds_of
    cast_vote = vote.cast_vote
    votes_by = vote.votes_by
    votes = vote.votes

    start_utopia = utopia.start_utopia
    utopias = utopia.utopias
    add_idea = idea.add_idea
    edit_idea = idea.edit_idea
    ideas = idea.ideas
    idea_history = idea.idea_history
    gather = idea.gather
    apart = idea.apart
    add_item = item.add_item
    edit_item = item.edit_item
    items = item.items
    item_history = item.item_history
    save_commitment = utopia.save_commitment
    commitments = utopia.commitments

    add_partner = partner.add_partner
    edit_partner = partner.edit_partner
    partners = partner.partners
    partner_history = partner.partner_history
    partner = partner.partner_of
    rate = rating.rate
    ratings = rating.ratings_of
    standings = rating.standings
    add_action = action.add_action
    edit_action = action.edit_action
    actions = action.actions
    action_history = action.action_history
    keep_course = course.keep_course
    courses = course.courses
    history = intake.history
    histories = intake.histories
    import_partners = intake.import_partners
    belongings = erase.belongings
    erase_partner = erase.erase_partner

    export = transfer.export
    import_workspace = transfer.import_workspace

    def delete(self, token: str, record: Deletable) -> None:
        """Take a record out of the lists; :meth:`restore` brings it back.

        Nothing saved is ever lost but a partner, by :meth:`erase_partner`.
        """
        with self.writing(token) as space:
            marked(space, _TABLES[type(record)], record.id, deleted=True)

    def restore(self, token: str, record: Deletable) -> None:
        """Bring back a deleted record (found with ``deleted=True``)."""
        with self.writing(token) as space:
            marked(space, _TABLES[type(record)], record.id, deleted=False)
