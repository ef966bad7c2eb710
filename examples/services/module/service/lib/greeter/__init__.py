"""A service that greets by HTTP."""
