"""The parts of the page "Will it last?": what keeps going without us, and how far it is from tipping."""
