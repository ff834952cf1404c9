"""The parts of the page "Work back from the goal": the question, the search, and the plan."""
