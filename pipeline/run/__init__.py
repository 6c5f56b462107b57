"""Running it: jobs, pool, schedule, other archives' APIs."""
