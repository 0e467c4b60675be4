(* The rules of rules/logistic.py, rules/extremes.py and rules/cases.py, and sums over ranges that are empty at infinity. *)
From Coq Require Import Reals ZArith Lia Lra Bool.
From Deltasift Require Import Base Statements Functions.
Local Open Scope R_scope.

Theorem sum_empty_2_holds : sum_empty_2.
Proof. unfold sum_empty_2. intros. apply is_sum_none. unfold inside. intros i [H _]. now simpl in H. Qed.
Theorem sum_empty_3_holds : sum_empty_3.
Proof. unfold sum_empty_3. intros. apply is_sum_none. unfold inside. intros i [_ H]. now simpl in H. Qed.
Theorem prod_empty_2_holds : prod_empty_2.
Proof. unfold prod_empty_2. intros. apply is_prod_none. unfold inside. intros i [H _]. now simpl in H. Qed.
Theorem prod_empty_3_holds : prod_empty_3.
Proof. unfold prod_empty_3. intros. apply is_prod_none. unfold inside. intros i [_ H]. now simpl in H. Qed.

(* Every comparison of reals that occurs, decided. *)
Ltac compared := unfold Rmax, Rmin, Rabs, R_leb, R_ltb, R_eqb in *;
  repeat match goal with
  | |- context [Rle_dec ?x ?y] => destruct (Rle_dec x y)
  | |- context [Rlt_dec ?x ?y] => destruct (Rlt_dec x y)
  | |- context [Rcase_abs ?x] => destruct (Rcase_abs x)
  | |- context [Req_EM_T ?x ?y] => destruct (Req_EM_T x y)
  end; try lra.
Theorem abs_as_max_1_holds : abs_as_max_1.
Proof. unfold abs_as_max_1. intros. compared. Qed.
Theorem abs_neg_1_holds : abs_neg_1.
Proof. unfold abs_neg_1. intros. compared. Qed.
Theorem abs_of_nonneg_1_holds : abs_of_nonneg_1.
Proof. unfold abs_of_nonneg_1. intros. compared. Qed.
Theorem abs_of_nonpos_1_holds : abs_of_nonpos_1.
Proof. unfold abs_of_nonpos_1. intros. compared. Qed.
Theorem abs_of_cases_1_holds : abs_of_cases_1.
Proof. unfold abs_of_cases_1. intros. compared. Qed.
Theorem abs_of_cases_2_holds : abs_of_cases_2.
Proof. unfold abs_of_cases_2. intros. compared. Qed.
Theorem abs_of_cases_3_holds : abs_of_cases_3.
Proof. unfold abs_of_cases_3. intros. compared. Qed.
Theorem abs_of_cases_4_holds : abs_of_cases_4.
Proof. unfold abs_of_cases_4. intros. compared. Qed.
Theorem abs_of_cases_5_holds : abs_of_cases_5.
Proof. unfold abs_of_cases_5. intros. compared. Qed.
Theorem abs_of_cases_6_holds : abs_of_cases_6.
Proof. unfold abs_of_cases_6. intros. compared. Qed.
Theorem log_cases_1_holds : log_cases_1.
Proof. unfold log_cases_1. intros. match goal with |- context [if ?b then _ else _] => destruct b end; reflexivity. Qed.
Theorem log_cases_2_holds : log_cases_2.
Proof. unfold log_cases_2. intros. match goal with |- context [if ?b then _ else _] => destruct b end; reflexivity. Qed.
Theorem log_cases_3_holds : log_cases_3.
Proof. unfold log_cases_3. intros. match goal with |- context [if ?b then _ else _] => destruct b end; reflexivity. Qed.
Theorem log_cases_4_holds : log_cases_4.
Proof. unfold log_cases_4. intros. match goal with |- context [if ?b then _ else _] => destruct b end; reflexivity. Qed.
Theorem max_comm_1_holds : max_comm_1.
Proof. unfold max_comm_1. intros. compared. Qed.
Theorem max_neg_zero_1_holds : max_neg_zero_1.
Proof. unfold max_neg_zero_1. intros. compared. Qed.
Theorem max_sub_zero_1_holds : max_sub_zero_1.
Proof. unfold max_sub_zero_1. intros. compared. Qed.
Theorem max_mul_of_pos_1_holds : max_mul_of_pos_1.
Proof. unfold max_mul_of_pos_1. intros. compared; nra. Qed.
Theorem max_of_cases_1_holds : max_of_cases_1.
Proof. unfold max_of_cases_1. intros. compared. Qed.
Theorem max_of_cases_2_holds : max_of_cases_2.
Proof. unfold max_of_cases_2. intros. compared. Qed.
Theorem min_as_max_1_holds : min_as_max_1.
Proof. unfold min_as_max_1. intros. compared. Qed.
Theorem min_comm_1_holds : min_comm_1.
Proof. unfold min_comm_1. intros. compared. Qed.
Theorem min_of_cases_1_holds : min_of_cases_1.
Proof. unfold min_of_cases_1. intros. compared. Qed.
Theorem min_of_cases_2_holds : min_of_cases_2.
Proof. unfold min_of_cases_2. intros. compared. Qed.
Theorem bracket_ne_one_1_holds : bracket_ne_one_1.
Proof. unfold bracket_ne_one_1, iv, Z_neb. intros. assert (y = 0 \/ y = 1)%Z as [-> | ->] by lia; simpl; lra. Qed.
Theorem bracket_ne_zero_1_holds : bracket_ne_zero_1.
Proof. unfold bracket_ne_zero_1, iv, Z_neb. intros. assert (y = 0 \/ y = 1)%Z as [-> | ->] by lia; simpl; lra. Qed.
Theorem bracket_ne_1_holds : bracket_ne_1.
Proof.
  unfold bracket_ne_1, iv, Z_neb, delta. intros.
  destruct (Z.eq_dec i j) as [-> | ne]; [rewrite Z.eqb_refl | rewrite (proj2 (Z.eqb_neq i j) ne)]; simpl; lra.
Qed.
Theorem max_self_neg_1_holds : max_self_neg_1.
Proof. unfold max_self_neg_1. intros. compared. Qed.
Theorem max_as_positive_part_1_holds : max_as_positive_part_1.
Proof. unfold max_as_positive_part_1. intros. compared. Qed.
Theorem max_of_min_1_holds : max_of_min_1.
Proof.
  unfold max_of_min_1, Rmax, Rmin. intros. destruct (Rle_dec x b), (Rle_dec x a); repeat destruct (Rle_dec _ _); lra.
Qed.
Theorem abs_div_of_pos_1_holds : abs_div_of_pos_1.
Proof.
  unfold abs_div_of_pos_1, Rdiv. intros. rewrite Rabs_mult, (Rabs_right (/ y)); [reflexivity|].
  left. now apply Rinv_0_lt_compat.
Qed.
Theorem ramp_of_cases_1_holds : ramp_of_cases_1.
Proof.
  unfold ramp_of_cases_1, Rmax, R_leb, R_ltb. intros. destruct (Rtotal_order x 0) as [l | [-> | l]];
    repeat destruct (Rle_dec _ _); repeat destruct (Rlt_dec _ _); try lra; ring.
Qed.
Theorem ramp_of_cases_2_holds : ramp_of_cases_2.
Proof.
  unfold ramp_of_cases_2, Rmax, R_leb, R_ltb. intros. destruct (Rtotal_order x 0) as [l | [-> | l]];
    repeat destruct (Rle_dec _ _); repeat destruct (Rlt_dec _ _); try lra; ring.
Qed.
(* A label in {0, 1}, and every comparison with it decided. *)
Ltac of_bit y := assert (y = 0 \/ y = 1)%Z as [-> | ->] by lia; unfold iv; simpl; compared.
Theorem bracket_above_1_holds : bracket_above_1.
Proof. unfold bracket_above_1. intros. of_bit y. Qed.
Theorem bracket_above_2_holds : bracket_above_2.
Proof. unfold bracket_above_2. intros. of_bit y. Qed.
Theorem bracket_below_1_holds : bracket_below_1.
Proof. unfold bracket_below_1. intros. of_bit y. Qed.
Theorem bracket_below_2_holds : bracket_below_2.
Proof. unfold bracket_below_2. intros. of_bit y. Qed.
Theorem cases_delta_1_holds : cases_delta_1.
Proof. unfold cases_delta_1, delta, Z_eqb. intros. destruct (Z.eqb_spec i j), (Z.eq_dec i j); try contradiction; lra. Qed.
Theorem cases_delta_2_holds : cases_delta_2.
Proof. unfold cases_delta_2, delta, Z_neb. intros. destruct (Z.eqb_spec i j), (Z.eq_dec i j); try contradiction; simpl; lra. Qed.
Theorem exp_mul_log_1_holds : exp_mul_log_1.
Proof. unfold exp_mul_log_1. intros. now rewrite pw_Rpower. Qed.
Theorem exp_pow_1_holds : exp_pow_1.
Proof. unfold exp_pow_1. intros. rewrite pw_Rpower by apply exp_pos. unfold Rpower. now rewrite ln_exp. Qed.
Theorem pow_add_1_holds : pow_add_1.
Proof. unfold pow_add_1. intros. rewrite !pw_Rpower by assumption. apply Rpower_plus. Qed.
Lemma one_add_pos x : 0 < 1 + exp x.
Proof. pose proof (exp_pos x). lra. Qed.
Lemma log_one_add_neg x : ln (1 + exp (- x)) = ln (1 + exp x) + - x.
Proof.
  replace (1 + exp (- x)) with ((1 + exp x) / exp x).
  - rewrite ln_div, ln_exp; [reflexivity|apply one_add_pos|apply exp_pos].
  - rewrite exp_Ropp. pose proof (exp_pos x). field. lra.
Qed.
Theorem log_one_add_exp_neg_1_holds : log_one_add_exp_neg_1.
Proof. unfold log_one_add_exp_neg_1. intros. apply log_one_add_neg. Qed.
Theorem log_exp_add_exp_1_holds : log_exp_add_exp_1.
Proof.
  unfold log_exp_add_exp_1. intros.
  replace (exp x + exp y) with (exp x * (1 + exp (y + - x))).
  - rewrite ln_mult, ln_exp; [reflexivity|apply exp_pos|apply one_add_pos].
  - rewrite exp_plus, exp_Ropp. pose proof (exp_pos x). field. lra.
Qed.
Theorem log_sigma_1_holds : log_sigma_1.
Proof. unfold log_sigma_1, sigma. intros. rewrite ln_div, ln_1 by (apply one_add_pos || lra). ring. Qed.

(* --- maxima, minima and cases by brackets --- *)

Lemma squared x : pw x (IZR 2) = x * x.
Proof. rewrite pw_IZR. simpl. ring. Qed.
Theorem abs_sq_1_holds : abs_sq_1.
Proof. unfold abs_sq_1. intros. rewrite !squared. unfold Rabs. destruct (Rcase_abs x); ring. Qed.
Theorem bracket_sq_1_holds : bracket_sq_1.
Proof. unfold bracket_sq_1. intros. rewrite squared. unfold iv. destruct (R_leb _ _); ring. Qed.
Theorem bracket_of_order_1_holds : bracket_of_order_1.
Proof. unfold bracket_of_order_1, iv. intros. compared. Qed.
Theorem bracket_of_order_2_holds : bracket_of_order_2.
Proof. unfold bracket_of_order_2, iv. intros. compared. Qed.
Theorem cases_as_bracket_1_holds : cases_as_bracket_1.
Proof. unfold cases_as_bracket_1, iv. intros. compared. Qed.
Theorem cases_as_bracket_2_holds : cases_as_bracket_2.
Proof. unfold cases_as_bracket_2, iv. intros. compared. Qed.
Theorem max_as_bracket_1_holds : max_as_bracket_1.
Proof. unfold max_as_bracket_1, iv. intros. compared. Qed.
Theorem min_as_bracket_1_holds : min_as_bracket_1.
Proof. unfold min_as_bracket_1, iv. intros. compared. Qed.
