"""Why a customer has a status on a day: the rule, the event, the day of the flip, what would change it."""
