"""The addresses of what steers checks."""

from __future__ import annotations

import falcon.asgi
from falcon.asgi import Request, Response

from server.console.frame import Console
from server.console.steering import campaign, campaigns, orders, passes, repeats, watch


def mount(app: falcon.asgi.App[Request, Response], console: Console) -> None:
    """Add them all."""
    for family in (orders, watch, passes, repeats):
        family.mount(app, console)
    app.add_route(campaigns.ADDRESS, campaigns.Campaigns(console))
    app.add_route(campaigns.ADDRESS + "/{campaign}", campaign.CampaignOne(console))
    app.add_route(campaigns.ADDRESS + "/{campaign}/end", campaign.CampaignEnd(console))
