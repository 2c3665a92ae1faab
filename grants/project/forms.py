"""How every form is drawn: an error summary that links to the fields, labels on fields, errors beside them."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class DutchRenderer(TemplatesSetting):
    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
