"""The parts of the page "Loops": who leads when, every loop, and what share of the movement is whose."""
