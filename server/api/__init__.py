"""What tablets talk to: each resource reads the request, calls one function and sets the response."""
