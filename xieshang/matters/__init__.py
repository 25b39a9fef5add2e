"""One row for every matter people can speak of: number, place, address, audience, followers."""
