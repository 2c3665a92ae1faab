"""The account of an activity in the making: the costs held against the budget, and what is not right yet."""
