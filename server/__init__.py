"""The office: records are received here and become cases."""
