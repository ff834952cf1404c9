"""What the What-if page is made of: the plan, its months and hours, undo, links, and what follows from it."""
