"""HTML for the office: login, inbox, record and case. Rendered here; the browser runs no script."""
