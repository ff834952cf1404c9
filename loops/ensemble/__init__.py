"""Every world under every compared scenario: how levels are spread, and what each question's answer is."""
