"""Addresses of people, proofs and the desk's own pages."""

from django.urls import path

from madang.residents.desk import offices, rolls, sessions
from madang.residents.desk import people as counter
from madang.residents.views import people, proof

app_name = "residents"
urlpatterns = [
    path("join/", people.join, name="join"),
    path("me/", people.profile, name="profile"),
    path("consents/", people.consents, name="consents"),
    path("close/", people.close, name="close"),
    path("closed/", people.closed, name="closed"),
    path("proof/", proof.proof, name="proof"),
    path("proof/contact/", proof.contact, name="contact"),
    path("proof/code/", proof.code, name="code"),
    path("proof/letter/", proof.letter, name="letter"),
    path("proof/roll/", proof.roll, name="roll"),
    path("proof/national/", proof.national, name="national"),
    path("proof/provider/", proof.provider, name="provider"),
    path("desk/open/", sessions.open_desk, name="open_desk"),
    path("desk/extend/", sessions.extend_desk, name="extend_desk"),
    path("desk/close/", sessions.close_desk, name="close_desk"),
    path("desk/people/", counter.people, name="desk_list"),  # the same page under the name every area's desk begins with
    path("desk/people/", counter.people, name="desk_people"),
    path("desk/people/new/", counter.person_new, name="desk_person_new"),
    path("desk/people/<int:pk>/", counter.person, name="desk_person"),
    path("desk/departments/", offices.departments, name="desk_departments"),
    path("desk/departments/<int:pk>/", offices.department, name="desk_department"),
    path("desk/roll/", rolls.roll, name="desk_roll"),
    path("desk/roll/confirm/", rolls.roll_confirm, name="desk_roll_confirm"),
    path("desk/letters/", rolls.letters, name="desk_letters"),
]
