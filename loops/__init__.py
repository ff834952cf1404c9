"""Run a causal loop diagram: a signed graph becomes an ODE, runs, and is compared across scenarios."""
