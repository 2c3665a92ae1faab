"""The pages of a case for its applicant, one module a subject."""
