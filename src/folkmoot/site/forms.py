"""How does every form look, without a form saying so?"""

from django.forms.renderers import TemplatesSetting


class GovukRenderer(TemplatesSetting):
    """Forms and fields in GOV.UK Frontend's markup; widgets lie in templates/django/forms/widgets.

    The base template shows the error summary of the page's `form`; a page whose form has another name
    includes parts/error_summary.html itself.
    """

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
