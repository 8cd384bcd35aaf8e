"""Schools: who belongs where, and who may do what there, on every day.

Knows: accounts and core. Owns: units, school years and terms, teachers, employments, dated posts,
classes, pupils with their households, help lines, roster imports. Publishes: TeacherMoved,
PupilMoved, PostGiven, PostEnded, RosterImported.
Demanded by: "schools, counties and the bureau", rosters from Excel, rights by dated posts.
"""
