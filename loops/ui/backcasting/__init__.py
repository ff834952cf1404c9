"""The parts of the page "Work back from the goal": what is asked, the search, the plan, what follows from it."""
