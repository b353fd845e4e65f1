"""What each screen shows, worked out from the inspection in hand: pure, one module a screen."""
