"""Tables and every query of the office. Functions here run on the calling thread's connection: see `engine.Store`."""
