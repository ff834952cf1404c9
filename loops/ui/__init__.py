"""The screen: one file per page, and the small helpers that pages share."""
