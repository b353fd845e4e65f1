"""`make journeys`: what those who steer and who keeps the law do, by clicks, each with what he would check."""
