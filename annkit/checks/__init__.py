"""The checks: one file a chapter says what its exercises ask; `exercise` says how every check speaks."""
