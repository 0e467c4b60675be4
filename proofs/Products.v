(* The rules of rules/products.py, and those of rules/delta_sums.py that are about products. *)
From Coq Require Import Reals ZArith Lia Lra Bool.
From Deltasift Require Import Base Statements Functions Deltas.
Local Open Scope R_scope.

Theorem prod_mul_1_holds : prod_mul_1.
Proof. unfold prod_mul_1. intros. apply zprod_mul. Qed.
Theorem prod_comm_1_holds : prod_comm_1.
Proof. unfold prod_comm_1. intros. apply zprod_comm. Qed.
Theorem prod_one_1_holds : prod_one_1.
Proof. unfold prod_one_1. intros. now apply is_prod_none. Qed.
Theorem prod_empty_1_holds : prod_empty_1.
Proof. unfold prod_empty_1. intros. apply is_prod_none. unfold inside, ext_lt. intros i [H1 H2]. exfalso. apply H.
  destruct lo, hi; simpl in *; lia || tauto. Qed.
Theorem prod_shift_1_holds : prod_shift_1.
Proof. unfold prod_shift_1. intros. apply zprod_shift. Qed.
Theorem prod_exp_1_holds : prod_exp_1.
Proof. unfold prod_exp_1, zprod, zsum. intros. induction (len lo hi); simpl; [now rewrite exp_0|]. now rewrite IHn, exp_plus. Qed.

Lemma zprod_const lo hi a : (lo <= hi + 1)%Z -> zprod lo hi (fun _ => a) = pw a (IZR (hi - lo + 1)).
Proof.
  intros H. revert hi H. apply (range_ind (fun hi => zprod lo hi (fun _ => a) = pw a (IZR (hi - lo + 1)))).
  - rewrite zprod_empty by lia. replace (lo - 1 - lo + 1)%Z with 0%Z by lia. now rewrite pw_0.
  - intros h Hh IH. rewrite zprod_last, IH, !pw_IZR by lia.
    replace (h - lo + 1)%Z with (Z.of_nat (S (Z.to_nat (h - lo)))) by lia.
    replace (h - 1 - lo + 1)%Z with (Z.of_nat (Z.to_nat (h - lo))) by lia.
    rewrite <- !pow_powerRZ. simpl. ring.
Qed.
Lemma zprod_const_max lo hi a : zprod lo hi (fun _ => a) = pw a (IZR (Z.max (hi - lo + 1) 0)).
Proof.
  destruct (Z_le_dec lo (hi + 1)).
  - rewrite zprod_const by lia. do 2 f_equal. lia.
  - rewrite zprod_empty by lia. replace (Z.max _ 0) with 0%Z by lia. now rewrite pw_0.
Qed.
Theorem prod_const_1_holds : prod_const_1.
Proof. unfold prod_const_1. intros. rewrite zprod_const by lia. do 2 f_equal. lia. Qed.
Theorem prod_const_2_holds : prod_const_2.
Proof. unfold prod_const_2. intros. now rewrite zprod_const by lia. Qed.
Theorem prod_const_bracket_1_holds : prod_const_bracket_1.
Proof. unfold prod_const_bracket_1. intros. rewrite zprod_const_max. do 2 f_equal. lia. Qed.
Theorem prod_const_bracket_2_holds : prod_const_bracket_2.
Proof. unfold prod_const_bracket_2. intros. now rewrite zprod_const_max. Qed.

(* A factor that is 0 makes a product 0. *)
Lemma zprod_zero lo hi a f : (lo <= a <= hi)%Z -> f a = 0 -> zprod lo hi f = 0.
Proof. intros H E. rewrite (zprod_around lo hi a) by lia. rewrite E. ring. Qed.
Lemma zprod_deltas lo hi d f i : (forall j, d j = if Z.eq_dec j i then 1 else 0) ->
  zprod lo hi (fun j => d j * f j) = iv (Z_ltb hi lo) + delta lo hi * d lo * f lo.
Proof.
  intros D. unfold iv, Z_ltb, delta. destruct (Z.ltb_spec hi lo), (Z.eq_dec lo hi).
  - lia.
  - rewrite zprod_empty by lia. ring.
  - subst. rewrite zprod_single. ring.
  - destruct (Z.eq_dec lo i).
    + rewrite (zprod_zero lo hi hi); [ring|lia|]. rewrite D. destruct (Z.eq_dec hi i); [lia|ring].
    + rewrite (zprod_zero lo hi lo); [ring|lia|]. rewrite D. destruct (Z.eq_dec lo i); [lia|ring].
Qed.
Lemma no_factor lo hi d : zprod lo hi (fun j => d j * 1) = zprod lo hi d.
Proof. apply zprod_ext; intros; ring. Qed.
Theorem prod_delta_1_holds : prod_delta_1.
Proof. unfold prod_delta_1. intros. rewrite <- no_factor.
  rewrite (zprod_deltas lo hi (fun j => delta i j) (fun _ => 1) i); [ring|same_delta]. Qed.
Theorem prod_delta_2_holds : prod_delta_2.
Proof. unfold prod_delta_2. intros. apply (zprod_deltas lo hi (fun j => delta i j) f i). same_delta. Qed.
Lemma zprod_scaled_deltas lo hi c f i : c <> 0%Z ->
  zprod lo hi (fun j => delta (c * j) i * f j) = iv (Z_ltb hi lo) + delta lo hi * delta (c * lo) i * f lo.
Proof.
  intros Hc. destruct (Z.eq_dec (i mod c) 0) as [E|E].
  - apply (zprod_deltas lo hi (fun j => delta (c * j) i) f (i / c)).
    pose proof (Z.div_mod i c Hc). intros j. unfold delta.
    destruct (Z.eq_dec (c * j) i), (Z.eq_dec j (i / c)); try reflexivity; exfalso.
    + assert (c * j = c * (i / c))%Z as F by lia. apply Z.mul_cancel_l in F; lia.
    + subst j. lia.
  - assert (N : forall j, delta (c * j) i = 0).
    { intros j. apply delta_ne. intros F. apply E. rewrite <- F, Z.mul_comm. now apply Z.mod_mul. }
    unfold iv, Z_ltb. rewrite N. destruct (Z.ltb_spec hi lo); [rewrite zprod_empty by lia; ring|].
    rewrite (zprod_zero lo hi lo); [ring|lia|]. rewrite N. ring.
Qed.
Theorem prod_delta_3_holds : prod_delta_3.
Proof. unfold prod_delta_3. intros. rewrite <- no_factor. rewrite zprod_scaled_deltas by assumption. ring. Qed.
Theorem prod_delta_4_holds : prod_delta_4.
Proof. unfold prod_delta_4. intros. now apply zprod_scaled_deltas. Qed.

(* A sum with a delta in each factor: two terms, as only one factor has another one. *)
Lemma zprod_add_delta lo hi f g d a : (forall j, d j = if Z.eq_dec j a then 1 else 0) ->
  zprod lo hi (fun j => f j + d j * g j) =
  zprod lo hi f + iv (within lo hi a) * g a * (zprod lo (a - 1) f * zprod (a + 1) hi f).
Proof.
  intros D. unfold within. destruct (Z.leb_spec lo a), (Z.leb_spec a hi); cbn [andb iv];
    try (rewrite (zprod_ext lo hi _ f); [cbn [iv]; ring|]; intros; rewrite D; destruct (Z.eq_dec i a); [lia|ring]).
  rewrite (zprod_around lo hi a (fun j => f j + d j * g j)), (zprod_around lo hi a f) by lia.
  rewrite (zprod_ext lo (a - 1) _ f), (zprod_ext (a + 1) hi _ f).
  - rewrite D. destruct (Z.eq_dec a a); [cbn [iv negb]; ring|contradiction].
  - intros. rewrite D. destruct (Z.eq_dec i a); [lia|ring].
  - intros. rewrite D. destruct (Z.eq_dec i a); [lia|ring].
Qed.
Lemma around_const lo hi a c : (lo <= a <= hi)%Z ->
  zprod lo (a - 1) (fun _ => c) * zprod (a + 1) hi (fun _ => c) = pw c (IZR (hi + - lo)).
Proof.
  intros. rewrite !zprod_const, !pw_IZR by lia.
  replace (a - 1 - lo + 1)%Z with (Z.of_nat (Z.to_nat (a - lo))) by lia.
  replace (hi - (a + 1) + 1)%Z with (Z.of_nat (Z.to_nat (hi - a))) by lia.
  replace (hi + - lo)%Z with (Z.of_nat (Z.to_nat (a - lo) + Z.to_nat (hi - a))) by lia.
  rewrite <- !pow_powerRZ. symmetry. apply pow_add.
Qed.
Lemma within_true lo hi a : (lo <= a)%Z -> (a <= hi)%Z -> within lo hi a = true.
Proof. intros. unfold within. rewrite andb_true_iff, !Z.leb_le. lia. Qed.
Lemma zprod_const_add_delta lo hi c g d a : (forall j, d j = if Z.eq_dec j a then 1 else 0) ->
  zprod lo hi (fun j => c + d j * g j) =
  pw c (IZR (Z.max (hi + - lo + 1) 0)) + iv (within lo hi a) * g a * pw c (IZR (hi + - lo)).
Proof.
  intros D. rewrite (zprod_add_delta lo hi (fun _ => c) g d a D), zprod_const_max.
  change (hi - lo + 1)%Z with (hi + - lo + 1)%Z. destruct (within lo hi a) eqn:E; cbn [iv]; [|ring].
  unfold within in E. rewrite andb_true_iff, !Z.leb_le in E. rewrite around_const by lia. reflexivity.
Qed.
Lemma full lo hi : (lo <= hi + 1)%Z -> Z.max (hi + - lo + 1) 0 = (hi + - lo + 1)%Z.
Proof. lia. Qed.
Theorem prod_add_delta_1_holds : prod_add_delta_1.
Proof. unfold prod_add_delta_1. intros. rewrite (zprod_const_add_delta lo hi c g _ a) by same_delta.
  rewrite within_true by lia. rewrite full by lia. cbn [iv]. ring. Qed.
Theorem prod_add_delta_2_holds : prod_add_delta_2.
Proof. unfold prod_add_delta_2. intros. rewrite (zprod_const_add_delta lo hi c g _ a) by same_delta. now rewrite full by lia. Qed.
Theorem prod_add_delta_3_holds : prod_add_delta_3.
Proof. unfold prod_add_delta_3. intros. now rewrite (zprod_const_add_delta lo hi c g _ a) by same_delta. Qed.
Theorem prod_add_delta_4_holds : prod_add_delta_4.
Proof. unfold prod_add_delta_4. intros. rewrite (zprod_add_delta lo hi f g _ a) by same_delta.
  rewrite within_true by lia. change (a + - (1))%Z with (a - 1)%Z. change (fun j : Z => f j) with f.
  cbn [iv]. ring. Qed.
Theorem prod_add_delta_5_holds : prod_add_delta_5.
Proof. unfold prod_add_delta_5. intros. now rewrite (zprod_add_delta lo hi f g _ a) by same_delta. Qed.

(* With a scaled index there may be no such factor at all. *)
Lemma scaled_within b lo hi q : (0 < b)%Z -> (Z_leb (b * lo) (b * q) && Z_leb (b * q) (b * hi))%bool = within lo hi q.
Proof. intros. unfold within, Z_leb. f_equal;
  repeat match goal with |- context [(?x <=? ?y)%Z] => destruct (Z.leb_spec x y) end; try reflexivity; nia. Qed.
Lemma scaled_delta b a : (0 < b)%Z ->
  (dividesb b a = true /\ (forall j, delta (b * j) a = if Z.eq_dec j (a / b) then 1 else 0) /\ a = (b * (a / b))%Z)
  \/ (dividesb b a = false /\ forall j, delta (b * j) a = 0).
Proof.
  intros Hb. destruct (dividesb b a) eqn:E; [left|right].
  - apply (dividesb_divide b a ltac:(lia)) in E. pose proof (quotient b a Hb E). repeat split; [|assumption]. same_delta.
  - split; [reflexivity|]. intros. apply delta_ne. intros F. enough (dividesb b a = true) by congruence.
    apply (dividesb_divide b a ltac:(lia)). exists j. lia.
Qed.
Lemma no_delta lo hi f g d : (forall j, d j = 0) -> zprod lo hi (fun j => f j + d j * g j) = zprod lo hi f.
Proof. intros D. apply zprod_ext; intros. rewrite D. ring. Qed.
Lemma zprod_scaled_add lo hi f g a b : (0 < b)%Z ->
  zprod lo hi (fun j => f j + delta (b * j) a * g j) =
  zprod lo hi f + iv (dividesb b a && Z_leb (b * lo) a && Z_leb a (b * hi)) * g (a / b)%Z *
    (zprod lo (a / b - 1) f * zprod (a / b + 1) hi f).
Proof.
  intros Hb. destruct (scaled_delta b a Hb) as [(-> & D & Q)|(-> & D)]; cbn [andb].
  - rewrite (zprod_add_delta lo hi f g _ (a / b) D). rewrite <- (scaled_within b lo hi (a / b) Hb), <- Q. reflexivity.
  - rewrite no_delta by assumption. cbn [iv]. ring.
Qed.
Lemma zprod_const_scaled_add lo hi c g a b : (0 < b)%Z ->
  zprod lo hi (fun j => c + delta (b * j) a * g j) =
  pw c (IZR (Z.max (hi + - lo + 1) 0)) +
    iv (dividesb b a && Z_leb (b * lo) a && Z_leb a (b * hi)) * g (a / b)%Z * pw c (IZR (hi + - lo)).
Proof.
  intros Hb. destruct (scaled_delta b a Hb) as [(-> & D & Q)|(-> & D)]; cbn [andb].
  - rewrite (zprod_const_add_delta lo hi c g _ (a / b) D). rewrite <- (scaled_within b lo hi (a / b) Hb), <- Q. reflexivity.
  - rewrite (no_delta lo hi (fun _ => c)) by assumption. rewrite zprod_const_max. change (hi - lo + 1)%Z with (hi + - lo + 1)%Z.
    cbn [iv]. ring.
Qed.
Theorem prod_add_delta_6_holds : prod_add_delta_6.
Proof. unfold prod_add_delta_6. intros. rewrite zprod_const_scaled_add by assumption. now rewrite full by lia. Qed.
Theorem prod_add_delta_7_holds : prod_add_delta_7.
Proof. unfold prod_add_delta_7. intros. now rewrite zprod_const_scaled_add by assumption. Qed.
Theorem prod_add_delta_8_holds : prod_add_delta_8.
Proof. unfold prod_add_delta_8. intros. now rewrite zprod_scaled_add by assumption. Qed.

(* The delta of an index and of a real, which may be no integer. *)
Lemma scaled_deltaR b x : (0 < b)%Z ->
  (exists q, integerb (x / IZR b) = true /\ x = IZR (b * q) /\ Int_part (x / IZR b) = q /\
     forall j, deltaR (IZR (b * j)) x = if Z.eq_dec j q then 1 else 0)
  \/ (integerb (x / IZR b) = false /\ forall j, deltaR (IZR (b * j)) x = 0).
Proof.
  intros Hb. destruct (integerb (x / IZR b)) eqn:E; [left|right].
  - destruct (integerb_scaled b x Hb E) as (q & Hx & Hq). exists q. rewrite Hq, Int_part_IZR.
    repeat split; [assumption|]. intros. rewrite Hx. now apply deltaR_scaled.
  - split; [reflexivity|]. intros. apply deltaR_ne. intros <-.
    rewrite mult_IZR in E. replace (IZR b * IZR j / IZR b) with (IZR j) in E by (field; apply not_0_IZR; lia).
    now rewrite integerb_IZR in E.
Qed.
Lemma within_R b lo hi q : (0 < b)%Z ->
  (R_leb (IZR (b * lo)) (IZR (b * q)) && R_leb (IZR (b * q)) (IZR (b * hi)))%bool = within lo hi q.
Proof. intros. rewrite !R_leb_IZR. now apply scaled_within. Qed.
Lemma zprod_const_real_add lo hi c g x b : (0 < b)%Z ->
  zprod lo hi (fun j => c + deltaR (IZR (b * j)) x * g j) =
  pw c (IZR (Z.max (hi + - lo + 1) 0)) +
    iv (integerb (x / IZR b) && R_leb (IZR (b * lo)) x && R_leb x (IZR (b * hi))) * g (Int_part (x / IZR b)) *
    pw c (IZR (hi + - lo)).
Proof.
  intros Hb. destruct (scaled_deltaR b x Hb) as [(q & -> & -> & -> & D)|(-> & D)]; cbn [andb].
  - rewrite (zprod_const_add_delta lo hi c g _ q D), within_R by assumption. reflexivity.
  - rewrite (no_delta lo hi (fun _ => c)) by assumption. rewrite zprod_const_max. change (hi - lo + 1)%Z with (hi + - lo + 1)%Z.
    cbn [iv]. ring.
Qed.
Lemma over_one x : x / IZR 1 = x. Proof. field. Qed.
Lemma by_one lo hi c g x :
  zprod lo hi (fun j => c + deltaR (IZR j) x * g j) = zprod lo hi (fun j => c + deltaR (IZR (1 * j)) x * g j).
Proof. apply zprod_ext; intros. now rewrite Z.mul_1_l. Qed.
Theorem prod_add_delta_9_holds : prod_add_delta_9.
Proof. unfold prod_add_delta_9. intros. rewrite by_one, zprod_const_real_add, over_one, full, !Z.mul_1_l by lia. reflexivity. Qed.
Theorem prod_add_delta_10_holds : prod_add_delta_10.
Proof. unfold prod_add_delta_10. intros. rewrite by_one, zprod_const_real_add, over_one, !Z.mul_1_l by lia. reflexivity. Qed.
Theorem prod_add_delta_11_holds : prod_add_delta_11.
Proof.
  unfold prod_add_delta_11. intros. change (fun j : Z => f j) with f. destruct (integerb x) eqn:E; cbn [andb].
  - apply integerb_integer in E. destruct E as [z ->]. rewrite <- !plus_IZR, !Int_part_IZR, !R_leb_IZR.
    rewrite (zprod_add_delta lo hi f g _ z) by (intros; rewrite deltaR_IZR; same_delta).
    unfold within. change (z + - (1))%Z with (z - 1)%Z. ring.
  - rewrite no_delta; [cbn [iv]; ring|]. intros. apply deltaR_ne. intros <-. now rewrite integerb_IZR in E.
Qed.
Theorem prod_add_delta_12_holds : prod_add_delta_12.
Proof. unfold prod_add_delta_12. intros. rewrite zprod_const_real_add by assumption. now rewrite full by lia. Qed.
Theorem prod_add_delta_13_holds : prod_add_delta_13.
Proof. unfold prod_add_delta_13. intros. now rewrite zprod_const_real_add by assumption. Qed.

(* --- one factor survives --- *)

Theorem prod_one_add_delta_1_holds : prod_one_add_delta_1.
Proof. unfold prod_one_add_delta_1. intros. apply (is_prod_one lo hi a).
  - intros. rewrite delta_ne by assumption. ring.
  - rewrite inside_at by assumption. rewrite delta_self. ring. Qed.
Theorem prod_one_add_delta_2_holds : prod_one_add_delta_2.
Proof. unfold prod_one_add_delta_2. intros. apply (is_prod_one lo hi a).
  - intros. rewrite delta_ne by assumption. ring.
  - unfold insideb. rewrite bracketed, delta_self. destruct (ext_leb lo (Fin a) && ext_leb (Fin a) hi)%bool; ring. Qed.
Theorem prod_one_add_delta_3_holds : prod_one_add_delta_3.
Proof. unfold prod_one_add_delta_3. intros. rewrite bracketed. destruct (integerb x) eqn:E; cbn [andb].
  - apply integerb_integer in E. destruct E as [z ->]. rewrite Int_part_IZR, extR_leb_of, extR_leb_to.
    apply (is_prod_one lo hi z).
    + intros. rewrite deltaR_IZR, delta_ne by assumption. ring.
    + unfold insideb. rewrite deltaR_IZR, delta_self. destruct (ext_leb lo (Fin z) && ext_leb (Fin z) hi)%bool; ring.
  - rewrite Rplus_0_r. apply is_prod_none. intros. rewrite deltaR_ne; [ring|]. intros <-. now rewrite integerb_IZR in E. Qed.

Lemma pw_unit x d : d = 1 -> pw x d = x. Proof. intros ->. apply pw_1. Qed.
Lemma pw_none x d : d = 0 -> pw x d = 1. Proof. intros ->. apply pw_0. Qed.
Lemma is_prod_pow lo hi f d a s : (forall i, d i = if Z.eq_dec i a then 1 else 0) ->
  s = (if insideb lo hi a then f a else 1) -> is_prod lo hi (fun i => pw (f i) (d i)) s.
Proof.
  intros D ->. apply (is_prod_one lo hi a).
  - intros i _ Hne. apply pw_none. rewrite D. now destruct (Z.eq_dec i a).
  - destruct (insideb lo hi a); [|reflexivity]. symmetry. apply pw_unit. rewrite D. now destruct (Z.eq_dec a a).
Qed.
Lemma is_prod_no_pow lo hi f d : (forall i, d i = 0) -> is_prod lo hi (fun i => pw (f i) (d i)) 1.
Proof. intros D. apply is_prod_none. intros. apply pw_none, D. Qed.
Theorem prod_delta_pow_1_holds : prod_delta_pow_1.
Proof. unfold prod_delta_pow_1. intros. apply (is_prod_pow lo hi f (fun i => delta i a) a); [same_delta|].
  now rewrite inside_at. Qed.
Theorem prod_delta_pow_2_holds : prod_delta_pow_2.
Proof. unfold prod_delta_pow_2. intros f a c lo hi Hc D. pose proof (quotient c a Hc D) as Q. rewrite Q at 1 2. intros.
  apply (is_prod_pow lo hi f (fun i => delta (c * i) a) (a / c)); [same_delta|]. scaled_inside. Qed.
Theorem prod_delta_pow_3_holds : prod_delta_pow_3.
Proof. unfold prod_delta_pow_3. intros f c x lo hi Hc I. destruct (real_quotient c x Hc I) as (q & Hx & Hq).
  rewrite Hq, Int_part_IZR, Hx. rewrite extR_le_of, extR_le_to. intros.
  apply (is_prod_pow lo hi f (fun i => deltaR (IZR (c * i)) (IZR (c * q))) q); [intros; now apply deltaR_scaled|].
  scaled_inside. Qed.
Theorem prod_delta_pow_bracket_1_holds : prod_delta_pow_bracket_1.
Proof. unfold prod_delta_pow_bracket_1. intros. apply (is_prod_pow lo hi f (fun i => delta i a) a); [same_delta|reflexivity]. Qed.
Theorem prod_delta_pow_bracket_2_holds : prod_delta_pow_bracket_2.
Proof. unfold prod_delta_pow_bracket_2. intros. destruct (integerb x) eqn:E; cbn [andb].
  - apply integerb_integer in E. destruct E as [z ->]. rewrite Int_part_IZR, extR_leb_of, extR_leb_to.
    apply (is_prod_pow lo hi f (fun i => deltaR (IZR i) (IZR z)) z); [|reflexivity]. intros. rewrite deltaR_IZR. same_delta.
  - apply is_prod_no_pow. intros. apply deltaR_ne. intros <-. now rewrite integerb_IZR in E. Qed.
Theorem prod_delta_pow_bracket_3_holds : prod_delta_pow_bracket_3.
Proof. unfold prod_delta_pow_bracket_3. intros. destruct (scaled_delta c a H) as [(-> & D & Q)|(-> & D)]; cbn [andb].
  - apply (is_prod_pow lo hi f (fun i => delta (c * i) a) (a / c)); [assumption|].
    unfold insideb. rewrite <- (times_le c lo), <- (le_times c hi), <- Q by assumption. reflexivity.
  - now apply is_prod_no_pow. Qed.
Theorem prod_delta_pow_bracket_4_holds : prod_delta_pow_bracket_4.
Proof. unfold prod_delta_pow_bracket_4. intros.
  destruct (scaled_deltaR c x H) as [(q & -> & -> & -> & D)|(-> & D)]; cbn [andb].
  - rewrite extR_leb_of, extR_leb_to, times_le, le_times by assumption.
    now apply (is_prod_pow lo hi f (fun i => deltaR (IZR (c * i)) (IZR (c * q))) q).
  - now apply is_prod_no_pow. Qed.

(* --- powers of sums --- *)

Theorem pow_sum_1_holds : pow_sum_1.
Proof.
  unfold pow_sum_1. intros. unfold zsum, zprod. induction (len lo hi); simpl; [apply pw_0|].
  rewrite <- IHn, !pw_Rpower by assumption. apply Rpower_plus.
Qed.
Lemma deltas_count f g n : exists m : nat, nsum n (fun k => deltaR (f k) (g k)) = INR m.
Proof.
  induction n as [|n [m IH]]; simpl; [now exists O|]. rewrite IH. unfold deltaR. destruct (Req_EM_T (f n) (g n)).
  - exists (S m). now rewrite S_INR.
  - exists m. ring.
Qed.
Theorem pow_sum_2_holds : pow_sum_2.
Proof.
  unfold pow_sum_2. intros. unfold zsum, zprod. induction (len lo hi) as [|n IH]; simpl; [apply pw_0|].
  rewrite <- IH. destruct (deltas_count (fun k => f (lo + Z.of_nat k)%Z) (fun k => g (lo + Z.of_nat k)%Z) n) as [m Hm].
  rewrite Hm. unfold deltaR. destruct (Req_EM_T (f (lo + Z.of_nat n)%Z) (g (lo + Z.of_nat n)%Z)).
  - rewrite pw_1, <- S_INR, !INR_IZR_INZ, !pw_nat. simpl. ring.
  - rewrite Rplus_0_r, pw_0. ring.
Qed.

(* --- a factor that is 0 somewhere --- *)

Theorem prod_ne_2_holds : prod_ne_2.
Proof.
  unfold prod_ne_2, iv, Z_neb, Z_ltb. intros.
  destruct (Z.ltb_spec a lo), (Z.ltb_spec hi a); cbn [orb]; rewrite ?Rmult_1_l, ?Rmult_0_l;
    try (apply zprod_ext; intros; destruct (Z.eqb_spec i a); [lia|cbn [iv negb]; ring]).
  apply (zprod_zero lo hi a); [lia|]. destruct (Z.eqb_spec a a); [cbn [iv negb]; ring|contradiction].
Qed.
Theorem prod_ne_1_holds : prod_ne_1.
Proof.
  unfold prod_ne_1. intros. rewrite <- no_factor. rewrite (prod_ne_2_holds (fun _ => 1) a lo hi), zprod_1. ring.
Qed.

Theorem prod_without_one_1_holds : prod_without_one_1.
Proof.
  unfold prod_without_one_1. intros. rewrite (zprod_around lo hi m (fun i => f i)) by lia.
  change (m + - (1))%Z with (m - 1)%Z. now field.
Qed.
