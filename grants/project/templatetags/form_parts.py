"""What the templates of forms need to know about a form."""

from __future__ import annotations

from django import template
from django.forms import BaseForm, BoundField

register = template.Library()


@register.filter
def problems(form: BaseForm) -> list[tuple[str, str]]:
    """Everything that is wrong, in the order of the page, each with the id of the first control of its field."""
    found = [("", str(error)) for error in form.non_field_errors()]
    found += [("", str(error)) for field in form.hidden_fields() for error in field.errors]
    return found + [(first_control(field), f"{field.label}{'' if str(field.label).endswith('?') else ':'} {error}") for field in form.visible_fields() for error in field.errors]


def first_control(field: BoundField) -> str:
    """A group of choices or a field of several parts has no control with the id of the field itself; its first one ends in `_0`."""
    own = str(field.field.widget.attrs.get("id") or field.auto_id)
    return f"{own}_0" if field.use_fieldset else own
