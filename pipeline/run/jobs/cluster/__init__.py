"""The roles of a cluster: planner, workers, and the one who takes in."""
