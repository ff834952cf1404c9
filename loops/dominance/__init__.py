"""Which feedback loops drive a run, and when: how strong each is, and how much of the change it explains."""
