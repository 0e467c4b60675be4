(* Where the left side of a rule has a value and its conditions hold, the right side has one. *)
From Coq Require Import Reals ZArith Lia Lra Bool.
From Deltasift Require Import Base Statements Functions Deltas.
Local Open Scope R_scope.

Lemma delta_nz i j : delta i j <> 0 -> i = j.
Proof. unfold delta. destruct (Z.eq_dec i j); [auto|congruence]. Qed.
Lemma nz_delta i j : i = j -> delta i j <> 0.
Proof. intros ->. rewrite delta_self. lra. Qed.
Lemma deltaR_nz x y : deltaR x y <> 0 -> x = y.
Proof. unfold deltaR. destruct (Req_EM_T x y); [auto|congruence]. Qed.
Lemma nz_deltaR x y : x = y -> deltaR x y <> 0.
Proof. intros ->. rewrite deltaR_self. lra. Qed.
Lemma iv_nz b : iv b <> 0 -> b = true.
Proof. destruct b; simpl; [auto|congruence]. Qed.
Lemma nz_iv b : b = true -> iv b <> 0.
Proof. intros ->. simpl. lra. Qed.
Lemma inside_fin lo hi i : inside (Fin lo) (Fin hi) i <-> (lo <= i <= hi)%Z.
Proof. unfold inside. simpl. lia. Qed.
Lemma Z_leb_true a b : Z_leb a b = true <-> (a <= b)%Z. Proof. apply Z.leb_le. Qed.
Lemma Z_ltb_true a b : Z_ltb a b = true <-> (a < b)%Z. Proof. apply Z.ltb_lt. Qed.
Lemma Z_neb_true a b : Z_neb a b = true <-> a <> b.
Proof. unfold Z_neb. destruct (Z.eqb_spec a b); simpl; intuition congruence. Qed.

Ltac opened :=
  repeat match goal with
  | H : _ /\ _ |- _ => destruct H
  | H : delta _ _ <> 0 |- _ => apply delta_nz in H
  | H : deltaR _ _ <> 0 |- _ => apply deltaR_nz in H
  | H : iv _ <> 0 |- _ => apply iv_nz in H
  | H : (_ && _)%bool = true |- _ => apply andb_prop in H
  | H : Z_leb _ _ = true |- _ => apply Z_leb_true in H
  | H : Z_ltb _ _ = true |- _ => apply Z_ltb_true in H
  | H : Z_neb _ _ = true |- _ => apply Z_neb_true in H
  | H : inside (Fin _) (Fin _) _ |- _ => rewrite inside_fin in H
  | H : ext_leb _ _ = true |- _ => apply ext_leb_le in H
  | |- _ /\ _ => split
  | |- inside (Fin _) (Fin _) _ => rewrite inside_fin
  | |- forall _, _ => intro
  | |- delta _ _ <> 0 => apply nz_delta
  | |- deltaR _ _ <> 0 => apply nz_deltaR
  | |- iv _ <> 0 => apply nz_iv
  | |- (_ && _)%bool = true => apply andb_true_intro; split
  | |- Z_leb _ _ = true => apply Z_leb_true
  | |- Z_ltb _ _ = true => apply Z_ltb_true
  | |- Z_neb _ _ = true => apply Z_neb_true
  | |- ext_leb _ _ = true => apply ext_leb_le
  end.
Ltac valued n :=
  opened; try (solve [assumption | exact I | reflexivity | lia | lra | congruence | tauto | auto]);
  match n with
  | O => idtac
  | S ?m =>
    match goal with
    | H : forall i : Z, inside _ _ i -> _ |- ?ok _ => solve [eapply H; valued m]
    | H : forall i : Z, inside _ _ i -> _ |- ?ok ?t => specialize (H t); solve [destruct H; valued m | apply H; valued m]
    | H : forall i : Z, inside _ _ i -> _ |- ?ok ?t ?u => specialize (H t); solve [destruct H with u; valued m | apply H; valued m]
    | H : _ -> ?P |- ?P => apply H; solve [valued m]
    | |- inside _ _ _ => split; solve [valued m]
    | |- _ => solve [subst; auto | subst; intuition (try lia; try lra) | firstorder (subst; auto; try lia)]
    end
  end.

(* --- by the values that the left side needs, at the same indices --- *)

Theorem delta_abs_1_value_holds : delta_abs_1_value.
Proof. unfold delta_abs_1_value. valued 3%nat. Qed.
Theorem delta_abs_zero_1_value_holds : delta_abs_zero_1_value.
Proof. unfold delta_abs_zero_1_value. valued 3%nat. Qed.
Theorem delta_ceiling_1_value_holds : delta_ceiling_1_value.
Proof. unfold delta_ceiling_1_value. valued 3%nat. Qed.
Theorem delta_comm_1_value_holds : delta_comm_1_value.
Proof. unfold delta_comm_1_value. valued 3%nat. Qed.
Theorem delta_eq_1_value_holds : delta_eq_1_value.
Proof. unfold delta_eq_1_value. valued 3%nat. Qed.
Theorem delta_floor_1_value_holds : delta_floor_1_value.
Proof. unfold delta_floor_1_value. valued 3%nat. Qed.
Theorem delta_max_1_value_holds : delta_max_1_value.
Proof. unfold delta_max_1_value. valued 3%nat. Qed.
Theorem delta_min_1_value_holds : delta_min_1_value.
Proof. unfold delta_min_1_value. valued 3%nat. Qed.
Theorem delta_mod_1_value_holds : delta_mod_1_value.
Proof. unfold delta_mod_1_value. valued 3%nat. Qed.
Theorem delta_mul_delta_ne_1_value_holds : delta_mul_delta_ne_1_value.
Proof. unfold delta_mul_delta_ne_1_value. valued 3%nat. Qed.
Theorem delta_mul_delta_ne_2_value_holds : delta_mul_delta_ne_2_value.
Proof. unfold delta_mul_delta_ne_2_value. valued 3%nat. Qed.
Theorem delta_mul_left_1_value_holds : delta_mul_left_1_value.
Proof. unfold delta_mul_left_1_value. valued 3%nat. Qed.
Theorem delta_mul_left_2_value_holds : delta_mul_left_2_value.
Proof. unfold delta_mul_left_2_value. valued 3%nat. Qed.
Theorem delta_mul_log_delta_1_value_holds : delta_mul_log_delta_1_value.
Proof. unfold delta_mul_log_delta_1_value. valued 3%nat. Qed.
Theorem delta_mul_ne_1_value_holds : delta_mul_ne_1_value.
Proof. unfold delta_mul_ne_1_value. valued 3%nat. Qed.
Theorem delta_mul_self_1_value_holds : delta_mul_self_1_value.
Proof. unfold delta_mul_self_1_value. valued 3%nat. Qed.
Theorem delta_mul_zero_1_value_holds : delta_mul_zero_1_value.
Proof. unfold delta_mul_zero_1_value. valued 3%nat. Qed.
Theorem delta_ne_1_value_holds : delta_ne_1_value.
Proof. unfold delta_ne_1_value. valued 3%nat. Qed.
Theorem delta_one_1_value_holds : delta_one_1_value.
Proof. unfold delta_one_1_value. valued 3%nat. Qed.
Theorem delta_pow_1_value_holds : delta_pow_1_value.
Proof. unfold delta_pow_1_value. valued 3%nat. Qed.
Theorem delta_pow_zero_1_value_holds : delta_pow_zero_1_value.
Proof. unfold delta_pow_zero_1_value. valued 3%nat. Qed.
Theorem delta_self_1_value_holds : delta_self_1_value.
Proof. unfold delta_self_1_value. valued 3%nat. Qed.
Theorem delta_sq_1_value_holds : delta_sq_1_value.
Proof. unfold delta_sq_1_value. valued 3%nat. Qed.
Theorem delta_sq_2_value_holds : delta_sq_2_value.
Proof. unfold delta_sq_2_value. valued 3%nat. Qed.
Theorem delta_zero_1_value_holds : delta_zero_1_value.
Proof. unfold delta_zero_1_value. valued 3%nat. Qed.
Theorem div_self_1_value_holds : div_self_1_value.
Proof. unfold div_self_1_value. valued 3%nat. Qed.
Theorem exp_add_1_value_holds : exp_add_1_value.
Proof. unfold exp_add_1_value. valued 3%nat. Qed.
Theorem exp_log_of_pos_1_value_holds : exp_log_of_pos_1_value.
Proof. unfold exp_log_of_pos_1_value. valued 3%nat. Qed.
Theorem exp_zero_1_value_holds : exp_zero_1_value.
Proof. unfold exp_zero_1_value. valued 3%nat. Qed.
Theorem log_div_1_value_holds : log_div_1_value.
Proof. unfold log_div_1_value. valued 3%nat. Qed.
Theorem log_exp_1_value_holds : log_exp_1_value.
Proof. unfold log_exp_1_value. valued 3%nat. Qed.
Theorem log_mul_1_value_holds : log_mul_1_value.
Proof. unfold log_mul_1_value. valued 3%nat. Qed.
Theorem log_one_1_value_holds : log_one_1_value.
Proof. unfold log_one_1_value. valued 3%nat. Qed.
Theorem log_pow_1_value_holds : log_pow_1_value.
Proof. unfold log_pow_1_value. valued 3%nat. Qed.
Theorem log_prod_1_value_holds : log_prod_1_value.
Proof. unfold log_prod_1_value. valued 3%nat. Qed.
Theorem max_of_le_1_value_holds : max_of_le_1_value.
Proof. unfold max_of_le_1_value. valued 3%nat. Qed.
Theorem max_of_le_2_value_holds : max_of_le_2_value.
Proof. unfold max_of_le_2_value. valued 3%nat. Qed.
Theorem min_of_le_1_value_holds : min_of_le_1_value.
Proof. unfold min_of_le_1_value. valued 3%nat. Qed.
Theorem min_of_le_2_value_holds : min_of_le_2_value.
Proof. unfold min_of_le_2_value. valued 3%nat. Qed.
Theorem mul_add_1_value_holds : mul_add_1_value.
Proof. unfold mul_add_1_value. valued 3%nat. Qed.
Theorem mul_add_2_value_holds : mul_add_2_value.
Proof. unfold mul_add_2_value. valued 3%nat. Qed.
Theorem mul_log_div_1_value_holds : mul_log_div_1_value.
Proof. unfold mul_log_div_1_value. valued 3%nat. Qed.
Theorem one_mul_1_value_holds : one_mul_1_value.
Proof. unfold one_mul_1_value. valued 3%nat. Qed.
Theorem one_sub_sigma_1_value_holds : one_sub_sigma_1_value.
Proof. unfold one_sub_sigma_1_value. valued 3%nat. Qed.
Theorem pow_mul_delta_2_value_holds : pow_mul_delta_2_value.
Proof. unfold pow_mul_delta_2_value. valued 3%nat. Qed.
Theorem pow_sum_1_value_holds : pow_sum_1_value.
Proof. unfold pow_sum_1_value. valued 3%nat. Qed.
Theorem pow_sum_2_value_holds : pow_sum_2_value.
Proof. unfold pow_sum_2_value. valued 3%nat. Qed.
Theorem prod_add_delta_1_value_holds : prod_add_delta_1_value.
Proof. unfold prod_add_delta_1_value. valued 3%nat. Qed.
Theorem prod_comm_1_value_holds : prod_comm_1_value.
Proof. unfold prod_comm_1_value. valued 3%nat. Qed.
Theorem prod_delta_1_value_holds : prod_delta_1_value.
Proof. unfold prod_delta_1_value. valued 3%nat. Qed.
Theorem prod_delta_2_value_holds : prod_delta_2_value.
Proof. unfold prod_delta_2_value. valued 3%nat. Qed.
Theorem prod_delta_3_value_holds : prod_delta_3_value.
Proof. unfold prod_delta_3_value. valued 3%nat. Qed.
Theorem prod_delta_4_value_holds : prod_delta_4_value.
Proof. unfold prod_delta_4_value. valued 3%nat. Qed.
Theorem prod_delta_pow_1_value_holds : prod_delta_pow_1_value.
Proof. unfold prod_delta_pow_1_value. valued 3%nat. Qed.
Theorem prod_empty_1_value_holds : prod_empty_1_value.
Proof. unfold prod_empty_1_value. valued 3%nat. Qed.
Theorem prod_exp_1_value_holds : prod_exp_1_value.
Proof. unfold prod_exp_1_value. valued 3%nat. Qed.
Theorem prod_mul_1_value_holds : prod_mul_1_value.
Proof. unfold prod_mul_1_value. valued 3%nat. Qed.
Theorem prod_ne_1_value_holds : prod_ne_1_value.
Proof. unfold prod_ne_1_value. valued 3%nat. Qed.
Theorem prod_one_1_value_holds : prod_one_1_value.
Proof. unfold prod_one_1_value. valued 3%nat. Qed.
Theorem prod_one_add_delta_1_value_holds : prod_one_add_delta_1_value.
Proof. unfold prod_one_add_delta_1_value. valued 3%nat. Qed.
Theorem prod_one_add_delta_2_value_holds : prod_one_add_delta_2_value.
Proof. unfold prod_one_add_delta_2_value. valued 3%nat. Qed.
Theorem sum_add_1_value_holds : sum_add_1_value.
Proof. unfold sum_add_1_value. valued 3%nat. Qed.
Theorem sum_add_2_value_holds : sum_add_2_value.
Proof. unfold sum_add_2_value. valued 3%nat. Qed.
Theorem sum_add_3_value_holds : sum_add_3_value.
Proof. unfold sum_add_3_value. valued 3%nat. Qed.
Theorem sum_add_4_value_holds : sum_add_4_value.
Proof. unfold sum_add_4_value. valued 3%nat. Qed.
Theorem sum_comm_1_value_holds : sum_comm_1_value.
Proof. unfold sum_comm_1_value. valued 3%nat. Qed.
Theorem sum_const_3_value_holds : sum_const_3_value.
Proof. unfold sum_const_3_value. valued 3%nat. Qed.
Theorem sum_const_4_value_holds : sum_const_4_value.
Proof. unfold sum_const_4_value. valued 3%nat. Qed.
Theorem sum_const_bracket_1_value_holds : sum_const_bracket_1_value.
Proof. unfold sum_const_bracket_1_value. valued 3%nat. Qed.
Theorem sum_const_bracket_2_value_holds : sum_const_bracket_2_value.
Proof. unfold sum_const_bracket_2_value. valued 3%nat. Qed.
Theorem sum_delta_1_value_holds : sum_delta_1_value.
Proof. unfold sum_delta_1_value. valued 3%nat. Qed.
Theorem sum_delta_2_value_holds : sum_delta_2_value.
Proof. unfold sum_delta_2_value. valued 3%nat. Qed.
Theorem sum_delta_3_value_holds : sum_delta_3_value.
Proof. unfold sum_delta_3_value. valued 3%nat. Qed.
Theorem sum_delta_bracket_1_value_holds : sum_delta_bracket_1_value.
Proof. unfold sum_delta_bracket_1_value. valued 3%nat. Qed.
Theorem sum_delta_bracket_2_value_holds : sum_delta_bracket_2_value.
Proof. unfold sum_delta_bracket_2_value. valued 3%nat. Qed.
Theorem sum_delta_bracket_3_value_holds : sum_delta_bracket_3_value.
Proof. unfold sum_delta_bracket_3_value. valued 3%nat. Qed.
Theorem sum_delta_bracket_8_value_holds : sum_delta_bracket_8_value.
Proof. unfold sum_delta_bracket_8_value. valued 3%nat. Qed.
Theorem sum_delta_bracket_9_value_holds : sum_delta_bracket_9_value.
Proof. unfold sum_delta_bracket_9_value. valued 3%nat. Qed.
Theorem sum_delta_outside_1_value_holds : sum_delta_outside_1_value.
Proof. unfold sum_delta_outside_1_value. valued 3%nat. Qed.
Theorem sum_delta_outside_2_value_holds : sum_delta_outside_2_value.
Proof. unfold sum_delta_outside_2_value. valued 3%nat. Qed.
Theorem sum_empty_1_value_holds : sum_empty_1_value.
Proof. unfold sum_empty_1_value. valued 3%nat. Qed.
Theorem sum_id_1_value_holds : sum_id_1_value.
Proof. unfold sum_id_1_value. valued 3%nat. Qed.
Theorem sum_id_2_value_holds : sum_id_2_value.
Proof. unfold sum_id_2_value. valued 3%nat. Qed.
Theorem sum_mul_right_1_value_holds : sum_mul_right_1_value.
Proof. unfold sum_mul_right_1_value. valued 3%nat. Qed.
Theorem sum_neg_1_value_holds : sum_neg_1_value.
Proof. unfold sum_neg_1_value. valued 3%nat. Qed.
Theorem sum_pair_1_value_holds : sum_pair_1_value.
Proof. unfold sum_pair_1_value. valued 3%nat. Qed.
Theorem sum_pair_2_value_holds : sum_pair_2_value.
Proof. unfold sum_pair_2_value. valued 3%nat. Qed.
Theorem sum_sq_1_value_holds : sum_sq_1_value.
Proof. unfold sum_sq_1_value. valued 3%nat. Qed.
Theorem sum_zero_1_value_holds : sum_zero_1_value.
Proof. unfold sum_zero_1_value. valued 3%nat. Qed.
Theorem zero_add_1_value_holds : zero_add_1_value.
Proof. unfold zero_add_1_value. valued 3%nat. Qed.
Theorem zero_mul_1_value_holds : zero_mul_1_value.
Proof. unfold zero_mul_1_value. valued 3%nat. Qed.
Theorem zero_mul_log_1_value_holds : zero_mul_log_1_value.
Proof. unfold zero_mul_log_1_value. valued 3%nat. Qed.

(* --- by an entry at another index --- *)

Ltac ask t K := match goal with H : forall i : Z, inside _ _ i -> _ |- _ => pose proof (H t) as K end.
Ltac answered K := apply K; opened; unfold inside in *; cbn [ext_le] in *; first [lia | nia | assumption | lra].

Theorem delta_sift_1_value_holds : delta_sift_1_value.
Proof. unfold delta_sift_1_value. opened. subst. apply H; opened; first [lia | reflexivity]. Qed.
Theorem exp_neg_1_value_holds : exp_neg_1_value.
Proof. unfold exp_neg_1_value. intros. split; [assumption|]. pose proof (exp_pos x). lra. Qed.
Theorem pow_mul_delta_1_value_holds : pow_mul_delta_1_value.
Proof. unfold pow_mul_delta_1_value. auto. Qed.
Theorem prod_shift_1_value_holds : prod_shift_1_value.
Proof. unfold prod_shift_1_value. opened. ask (i - c)%Z K. rewrite Z.sub_add in K. answered K. Qed.
Theorem sum_shift_1_value_holds : sum_shift_1_value.
Proof. unfold sum_shift_1_value. opened. ask (i - c)%Z K. rewrite Z.sub_add in K. answered K. Qed.
Theorem sum_bracket_le_1_value_holds : sum_bracket_le_1_value.
Proof. unfold sum_bracket_le_1_value. opened. ask i K. answered K. Qed.
Theorem sum_bracket_le_2_value_holds : sum_bracket_le_2_value.
Proof. unfold sum_bracket_le_2_value. opened. ask i K. answered K. Qed.
Theorem sum_bracket_le_3_value_holds : sum_bracket_le_3_value.
Proof. unfold sum_bracket_le_3_value. opened. ask i K. answered K. Qed.
Theorem sum_bracket_le_4_value_holds : sum_bracket_le_4_value.
Proof. unfold sum_bracket_le_4_value. opened. ask i K. answered K. Qed.
Ltac exchanged_value := intros; repeat match goal with H : inside (Fin _) (Fin _) _ |- _ => rewrite inside_fin in H end;
  match goal with H : forall i : Z, inside _ _ i -> forall j : Z, inside _ _ j -> _ |- ?ok ?a ?b => apply (H a); rewrite inside_fin; lia end.
Theorem sum_comm_2_value_holds : sum_comm_2_value.
Proof. unfold sum_comm_2_value. exchanged_value. Qed.
Theorem sum_comm_3_value_holds : sum_comm_3_value.
Proof. unfold sum_comm_3_value. exchanged_value. Qed.
Theorem sum_comm_4_value_holds : sum_comm_4_value.
Proof. unfold sum_comm_4_value. exchanged_value. Qed.
Theorem sum_comm_5_value_holds : sum_comm_5_value.
Proof. unfold sum_comm_5_value. exchanged_value. Qed.
Theorem sum_split_1_value_holds : sum_split_1_value.
Proof. unfold sum_split_1_value. intros. destruct H1 as [A B]. rewrite inside_fin in H2. destruct (Z_le_dec i m).
  - apply A. rewrite inside_fin. lia. - apply B. rewrite inside_fin. lia. Qed.
Theorem sum_ne_1_value_holds : sum_ne_1_value.
Proof. unfold sum_ne_1_value. opened; ask i K; answered K. Qed.
Theorem sum_ne_2_value_holds : sum_ne_2_value.
Proof. unfold sum_ne_2_value. opened; ask i K; answered K. Qed.
Theorem sum_one_sub_delta_1_value_holds : sum_one_sub_delta_1_value.
Proof. unfold sum_one_sub_delta_1_value. opened; ask i K; answered K. Qed.
Theorem sum_one_sub_delta_2_value_holds : sum_one_sub_delta_2_value.
Proof. unfold sum_one_sub_delta_2_value. opened; ask i K; answered K. Qed.
Theorem prod_ne_2_value_holds : prod_ne_2_value.
Proof. unfold prod_ne_2_value. opened. ask i K. apply orb_prop in H0. unfold Z_ltb in H0. rewrite !Z.ltb_lt in H0. answered K. Qed.
Theorem prod_add_delta_4_value_holds : prod_add_delta_4_value.
Proof. unfold prod_add_delta_4_value. opened; ask j K || ask a K; answered K. Qed.
Theorem prod_add_delta_5_value_holds : prod_add_delta_5_value.
Proof. unfold prod_add_delta_5_value. opened; first [ask j K; answered K | ask a K; answered K]. Qed.
Theorem sum_geom_1_value_holds : sum_geom_1_value.
Proof. unfold sum_geom_1_value. intros c c_ok hi Hc Hhi Ok _. repeat split; try tauto; intros E; apply Hc; simpl in E; lra. Qed.

(* --- scaled indices --- *)

Lemma scaled_lo c lo q : (0 < c)%Z -> ext_le (times c lo) (Fin (c * q)) -> ext_le lo (Fin q).
Proof. intros. apply ext_leb_le. rewrite <- (times_le c) by assumption. now apply ext_leb_le. Qed.
Lemma scaled_hi c hi q : (0 < c)%Z -> ext_le (Fin (c * q)) (times c hi) -> ext_le (Fin q) hi.
Proof. intros. apply ext_leb_le. rewrite <- (le_times c) by assumption. now apply ext_leb_le. Qed.
Ltac scaled c a := let Q := fresh "Q" in let K := fresh "K" in
  match goal with D : (c | a)%Z |- _ => pose proof (quotient c a ltac:(assumption) D) as Q end;
  ask (a / c)%Z K; apply K;
  [split; [eapply scaled_lo; [eassumption|rewrite <- Q; assumption]|eapply scaled_hi; [eassumption|rewrite <- Q; assumption]]
  |apply nz_delta; lia].
Theorem prod_delta_pow_2_value_holds : prod_delta_pow_2_value.
Proof. unfold prod_delta_pow_2_value. intros. scaled c a. Qed.
Theorem sum_delta_4_value_holds : sum_delta_4_value.
Proof. unfold sum_delta_4_value. intros. scaled c a. Qed.
Theorem sum_delta_5_value_holds : sum_delta_5_value.
Proof. unfold sum_delta_5_value. intros. scaled c (a + - b)%Z. Qed.
Theorem sum_delta_6_value_holds : sum_delta_6_value.
Proof. unfold sum_delta_6_value. intros. scaled c (b + - a)%Z. Qed.
Ltac bracket_opened c a := intros; opened;
  match goal with H : dividesb c a = true |- _ => apply (dividesb_divide c a ltac:(lia)) in H end; scaled c a.
Theorem sum_delta_bracket_10_value_holds : sum_delta_bracket_10_value.
Proof. unfold sum_delta_bracket_10_value. intros. bracket_opened c a. Qed.
Theorem sum_delta_bracket_11_value_holds : sum_delta_bracket_11_value.
Proof. unfold sum_delta_bracket_11_value. intros. bracket_opened c (a + - b)%Z. Qed.
Theorem sum_delta_bracket_12_value_holds : sum_delta_bracket_12_value.
Proof. unfold sum_delta_bracket_12_value. intros. bracket_opened c (b + - a)%Z. Qed.
Theorem prod_delta_pow_bracket_1_value_holds : prod_delta_pow_bracket_1_value.
Proof. unfold prod_delta_pow_bracket_1_value. intros. destruct (ext_leb lo (Fin a) && ext_leb (Fin a) hi)%bool eqn:E; [|exact I].
  opened. apply H; [now split|now apply nz_delta]. Qed.
Theorem prod_delta_pow_bracket_3_value_holds : prod_delta_pow_bracket_3_value.
Proof. unfold prod_delta_pow_bracket_3_value. intros.
  destruct (dividesb c a && ext_leb (times c lo) (Fin a) && ext_leb (Fin a) (times c hi))%bool eqn:E; [|exact I].
  bracket_opened c a. Qed.
Ltac real_scaled c x := let q := fresh "q" in let Hx := fresh "Hx" in let Hq := fresh "Hq" in let K := fresh "K" in match goal with I : is_integer (x / IZR c) |- _ =>
    destruct (real_quotient c x ltac:(assumption) I) as (q & Hx & Hq); rewrite Hq, Int_part_IZR; ask q K; apply K;
    [rewrite Hx in *; split; [eapply scaled_lo; [eassumption|apply extR_le_of; assumption]
                             |eapply scaled_hi; [eassumption|apply extR_le_to; assumption]]
    |apply nz_deltaR; now rewrite Hx] end.
Theorem prod_delta_pow_3_value_holds : prod_delta_pow_3_value.
Proof. unfold prod_delta_pow_3_value. intros. real_scaled c x. Qed.
Theorem sum_delta_7_value_holds : sum_delta_7_value.
Proof. unfold sum_delta_7_value. intros. real_scaled c x. Qed.
Ltac real_bracket x := let z := fresh "z" in let K := fresh "K" in opened; try assumption;
  match goal with H : integerb x = true |- _ => apply integerb_integer in H; destruct H as [z ->] end;
  rewrite Int_part_IZR in *; ask z K; apply K;
  [split; [apply extR_le_of|apply extR_le_to]; rewrite ?extR_leb_le in *; assumption | now apply nz_deltaR].
Theorem sum_delta_bracket_4_value_holds : sum_delta_bracket_4_value.
Proof. unfold sum_delta_bracket_4_value. intros. real_bracket x. Qed.
Theorem sum_delta_bracket_5_value_holds : sum_delta_bracket_5_value.
Proof. unfold sum_delta_bracket_5_value. intros. real_bracket x. Qed.
Theorem sum_delta_bracket_6_value_holds : sum_delta_bracket_6_value.
Proof. unfold sum_delta_bracket_6_value. intros. real_bracket x. Qed.
Theorem sum_divides_1_value_holds : sum_divides_1_value.
Proof. unfold sum_divides_1_value. opened. ask (c * i)%Z K.
  pose proof (Z.div_mod (- lo) c ltac:(lia)). pose proof (Z.mod_pos_bound (- lo) c H).
  pose proof (Z.div_mod hi c ltac:(lia)). pose proof (Z.mod_pos_bound hi c H).
  apply K; [rewrite inside_fin; nia|]. apply nz_iv, (dividesb_divide c _ ltac:(lia)). exists i. lia. Qed.
Theorem sum_divides_2_value_holds : sum_divides_2_value.
Proof. unfold sum_divides_2_value. opened. ask (c * i + r)%Z K.
  pose proof (Z.div_mod (- (lo + - r)) c ltac:(lia)). pose proof (Z.mod_pos_bound (- (lo + - r)) c H).
  pose proof (Z.div_mod (hi + - r) c ltac:(lia)). pose proof (Z.mod_pos_bound (hi + - r) c H).
  apply K; [rewrite inside_fin; nia|]. apply nz_iv, (dividesb_divide c _ ltac:(lia)). exists i. lia. Qed.
Theorem sum_divides_3_value_holds : sum_divides_3_value.
Proof. unfold sum_divides_3_value. opened. ask (c * i + - r)%Z K.
  pose proof (Z.div_mod (- (lo + - - r)) c ltac:(lia)). pose proof (Z.mod_pos_bound (- (lo + - - r)) c H).
  pose proof (Z.div_mod (hi + - - r) c ltac:(lia)). pose proof (Z.mod_pos_bound (hi + - - r) c H).
  apply K; [rewrite inside_fin; nia|]. apply nz_iv, (dividesb_divide c _ ltac:(lia)). exists i. lia. Qed.
Ltac in_period c r lo := let K := fresh "K" in intros; ask (lo + (r + - lo) mod c)%Z K;
  pose proof (Z.mod_pos_bound (r + - lo) c ltac:(assumption)); pose proof (Z.div_mod (r + - lo) c ltac:(lia));
  rewrite ?Z.add_0_l, ?Z.add_0_r in *; apply K;
  [rewrite inside_fin; lia
  |apply nz_iv, (dividesb_divide c _ ltac:(lia)); exists (- ((r + - lo) / c))%Z; rewrite ?Z.add_0_r; lia].
Theorem sum_period_5_value_holds : sum_period_5_value.
Proof. unfold sum_period_5_value. in_period c r lo. Qed.
Theorem sum_period_3_value_holds : sum_period_3_value.
Proof. unfold sum_period_3_value. in_period c r 1%Z. Qed.
Theorem sum_period_4_value_holds : sum_period_4_value.
Proof. unfold sum_period_4_value. intros. in_period c (- r)%Z 1%Z. Qed.
Theorem sum_const_bracket_3_value_holds : sum_const_bracket_3_value.
Proof. unfold sum_const_bracket_3_value. opened. apply (H 1%Z). rewrite inside_fin. lia. Qed.
Theorem sum_const_bracket_4_value_holds : sum_const_bracket_4_value.
Proof. unfold sum_const_bracket_4_value. opened. apply (H lo). rewrite inside_fin. lia. Qed.
Theorem sum_period_1_value_holds : sum_period_1_value.
Proof. unfold sum_period_1_value. intros. pose proof (Z.mod_pos_bound r c H). pose proof (Z.div_mod r c ltac:(lia)).
  apply H0; [rewrite inside_fin; lia|]. apply nz_iv, (dividesb_divide c _ ltac:(lia)). exists (- (r / c))%Z. lia. Qed.
Theorem sum_period_2_value_holds : sum_period_2_value.
Proof. unfold sum_period_2_value. intros. pose proof (Z.mod_pos_bound (- r) c H). pose proof (Z.div_mod (- r) c ltac:(lia)).
  apply H0; [rewrite inside_fin; lia|]. apply nz_iv, (dividesb_divide c _ ltac:(lia)). exists (- (- r / c))%Z. lia. Qed.
Theorem prod_add_delta_8_value_holds : prod_add_delta_8_value.
Proof.
  unfold prod_add_delta_8_value. intros f f_ok g g_ok a b lo hi Hb H.
  assert (A : forall j, inside (Fin lo) (Fin hi) j -> f_ok j) by (intros j Hj; now apply (H j)).
  assert (B : iv (dividesb b a && Z_leb (b * lo) a && Z_leb a (b * hi)) <> 0 ->
    (b * (a / b) = a /\ lo <= a / b <= hi)%Z).
  { intros G. apply iv_nz in G. rewrite !andb_true_iff, Z_leb_true, Z_leb_true, (dividesb_divide b a ltac:(lia)) in G.
    destruct G as [[D L] R]. pose proof (quotient b a Hb D). nia. }
  repeat split; intros; try (apply A; rewrite ?inside_fin in *; try specialize (B ltac:(assumption)); lia).
  destruct (B H0) as [Q R]. apply (H (a / b)%Z); [rewrite inside_fin; lia|]. apply nz_delta. assumption.
Qed.
Theorem sum_reverse_1_value_holds : sum_reverse_1_value.
Proof. unfold sum_reverse_1_value. intros f f_ok lo hi H i Hi. apply H. rewrite inside_fin in *. lia. Qed.
Theorem sum_even_odd_1_value_holds : sum_even_odd_1_value.
Proof.
  unfold sum_even_odd_1_value. intros f f_ok hi H. split; intros i Hi; apply H; rewrite inside_fin in *; lia.
Qed.
Theorem sq_sqrt_1_value_holds : sq_sqrt_1_value.
Proof. unfold sq_sqrt_1_value. tauto. Qed.
Theorem sq_sqrt_2_value_holds : sq_sqrt_2_value.
Proof. unfold sq_sqrt_2_value. tauto. Qed.
Theorem sqrt_sq_1_value_holds : sqrt_sq_1_value.
Proof. unfold sqrt_sq_1_value. tauto. Qed.
Theorem sqrt_sq_2_value_holds : sqrt_sq_2_value.
Proof. unfold sqrt_sq_2_value. tauto. Qed.
Ltac softplus_value := intros x x_ok H; pose proof (exp_pos x); repeat split; try tauto; lra.
Theorem log_one_add_exp_abs_1_value_holds : log_one_add_exp_abs_1_value.
Proof. unfold log_one_add_exp_abs_1_value. softplus_value. Qed.
Theorem log_one_add_exp_abs_2_value_holds : log_one_add_exp_abs_2_value.
Proof. unfold log_one_add_exp_abs_2_value. softplus_value. Qed.
Theorem log_one_add_exp_abs_3_value_holds : log_one_add_exp_abs_3_value.
Proof. unfold log_one_add_exp_abs_3_value. softplus_value. Qed.
Theorem abs_sq_1_value_holds : abs_sq_1_value.
Proof. unfold abs_sq_1_value. tauto. Qed.
Theorem bracket_sq_1_value_holds : bracket_sq_1_value.
Proof. unfold bracket_sq_1_value. tauto. Qed.
Theorem bracket_of_order_1_value_holds : bracket_of_order_1_value.
Proof. unfold bracket_of_order_1_value. tauto. Qed.
Theorem bracket_of_order_2_value_holds : bracket_of_order_2_value.
Proof. unfold bracket_of_order_2_value. tauto. Qed.
Theorem max_as_bracket_1_value_holds : max_as_bracket_1_value.
Proof. unfold max_as_bracket_1_value. tauto. Qed.
Theorem min_as_bracket_1_value_holds : min_as_bracket_1_value.
Proof. unfold min_as_bracket_1_value. tauto. Qed.

Theorem delta_abs_cases_1_value_holds : delta_abs_cases_1_value.
Proof. unfold delta_abs_cases_1_value. valued 3%nat. Qed.
Theorem delta_mul_right_1_value_holds : delta_mul_right_1_value.
Proof. unfold delta_mul_right_1_value. valued 3%nat. Qed.
Theorem delta_mul_right_2_value_holds : delta_mul_right_2_value.
Proof. unfold delta_mul_right_2_value. valued 3%nat. Qed.
Theorem max_mul_of_pos_1_value_holds : max_mul_of_pos_1_value.
Proof. unfold max_mul_of_pos_1_value. valued 3%nat. Qed.
Theorem prod_without_one_1_value_holds : prod_without_one_1_value.
Proof.
  unfold prod_without_one_1_value, inside. simpl. intros f f_ok m lo hi _ _ nonzero at_m [below above].
  split; [|now split]. intros i [Hl Hh]. destruct (Z.lt_trichotomy i m) as [H | [-> | H]]; [apply below|assumption|apply above]; lia.
Qed.
