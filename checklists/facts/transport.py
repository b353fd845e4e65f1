"""What is on the road by its papers: carrier, vehicle, tank, people and waybill. None always means not known."""

from __future__ import annotations

from datetime import date, datetime

from checklists.values import frozen


@frozen
class Paper:
    """A paper with a validity; the last valid day is included. `status` is `valid` or `revoked` where it is known."""

    number: str | None = None
    valid_until: date | None = None
    carried: bool | None = None
    status: str | None = None


@frozen
class Permit(Paper):
    """A permit with a scope: classes, divisions (`8`, `2.1`) or single goods (`UN 1830`); None is not known."""

    scope: tuple[str, ...] | None = None


@frozen
class Qualification(Paper):
    """An occupational qualification: its `category` names the role (`driver`, `escort`) it is good for."""

    category: str | None = None


@frozen
class Carrier:
    """The carrier as the office knows it; `uscc` is the 18-character credit code, `address` that for service."""

    name: str | None = None
    uscc: str | None = None
    licence: Permit | None = None
    phone: str | None = None
    address: str | None = None


@frozen
class Vehicle:
    """A motor vehicle or trailer. Masses in kg: `approved_mass_kg` is the load that it may carry (核定载质量).

    `trailer` and `tank` are the plate and the number that this vehicle is permitted with. `approval_type` is what it is
    built and approved as (FL, AT, OX, EX/II, EX/III, MEMU), by its paper, its own plate or the officer.
    """

    plate: str | None = None
    colour: str | None = None
    kind: str | None = None
    vin: str | None = None
    carrier: str | None = None
    carrier_uscc: str | None = None
    permit: Permit | None = None
    safety_inspection: Paper | None = None
    compulsory_insurance: Paper | None = None
    liability_insurance: Paper | None = None
    kerb_mass_kg: int | None = None
    approved_mass_kg: int | None = None
    gross_limit_kg: int | None = None
    traction_mass_kg: int | None = None
    registered_on: date | None = None
    tank: str | None = None
    trailer: str | None = None
    approval_type: str | None = None


@frozen
class Compartment:
    """One compartment of a tank; `un` is what the waybill or the plate says it holds."""

    number: str | None = None
    volume_l: int | None = None
    un: str | None = None


@frozen
class Tank:
    """A tank by its name plate and report. `media` are the UN numbers of the permitted list (适装介质).

    `density_kg_m3` is the design density on the plate, `max_fill_percent` the degree of filling that it permits.
    `shell` is the material (aluminium, steel, stainless_steel, other), `insulated` whether a tank for gases has thermal
    insulation, `surge_plates` whether partitions or surge plates leave no section above 7,500 L.
    `last_goods` is the UN number of what it carried last, where that is known without a waybill.
    """

    number: str | None = None
    kind: str | None = None
    volume_l: int | None = None
    code: str | None = None
    media: tuple[str, ...] | None = None
    max_fill_mass_kg: int | None = None
    max_fill_percent: int | None = None
    density_kg_m3: int | None = None
    compartments: tuple[Compartment, ...] | None = None
    inspection: Paper | None = None
    outlet: str | None = None
    shell: str | None = None
    insulated: bool | None = None
    surge_plates: bool | None = None
    last_goods: str | None = None


@frozen
class Person:
    """A person by name, 18-digit identity number and qualification; `address` is that for service."""

    name: str | None = None
    id_number: str | None = None
    phone: str | None = None
    qualification: Qualification | None = None
    address: str | None = None


@frozen
class Line:
    """One line of goods on a waybill. `quantity` is full, limited or excepted; `explosive_mass_kg` is class 1's net."""

    un: str | None = None
    name: str | None = None
    class_: str | None = None
    subsidiary: tuple[str, ...] | None = None
    packing_group: str | None = None
    net_mass_kg: int | None = None
    gross_mass_kg: int | None = None
    explosive_mass_kg: int | None = None
    volume_l: int | None = None
    density_kg_m3: int | None = None
    packages: int | None = None
    compartment: str | None = None
    quantity: str = "full"
    technical_name: str | None = None


@frozen
class Waybill:
    """The carrier's transport document, as scanned or read; `raw` keeps the text of its QR code untouched.

    `raw_base64` keeps the code's bytes where they are not those of the text. Colours of plates are what the waybill
    says of them, several joined by a bar where a figure may mean each.
    `carried` is False where the officers were shown none; `status` is valid, cancelled or finished where it is known;
    `route` names the roads and places in order. `total_mass_kg` and `total_packages` are of all goods together, where
    the waybill gives such a number; it is none of a line's.
    """

    number: str | None = None
    carried: bool | None = None
    status: str | None = None
    plate: str | None = None
    vehicle_permit: str | None = None
    trailer_plate: str | None = None
    tank: str | None = None
    carrier: str | None = None
    carrier_uscc: str | None = None
    route: tuple[str, ...] | None = None
    consignor: str | None = None
    loader: str | None = None
    consignee: str | None = None
    origin: str | None = None
    destination: str | None = None
    start_at: datetime | None = None
    driver: Person | None = None
    escort: Person | None = None
    lines: tuple[Line, ...] | None = None
    raw: str | None = None
    raw_base64: str | None = None
    plate_colour: str | None = None
    trailer_plate_colour: str | None = None
    total_mass_kg: int | None = None
    total_packages: int | None = None
