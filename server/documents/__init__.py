"""What a document of a case says, and how it is set: forms as data, filled from the case, laid out as .docx and PDF."""
